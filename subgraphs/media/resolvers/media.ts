import type { MediaResolvers } from '../../../generated/resolvers/media.ts';
import type { Context } from '../context.ts';

export const Media: MediaResolvers<Context> = {
  __resolveType: ({ kind }) => (kind === 'IMAGE' ? 'Image' : 'Video'),
};
