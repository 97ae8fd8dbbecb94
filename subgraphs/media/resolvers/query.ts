import type { QueryResolvers } from '../../../generated/resolvers/media.ts';
import type { Context } from '../context.ts';

export const Query: QueryResolvers<Context> = {
  media: (_parent, { id }, { loaders }) => loaders.media.load(id),
};
