import type { QueryResolvers } from '../../../generated/resolvers/media.ts';
import { isId } from '../../kit/ids.ts';
import type { Context } from '../context.ts';

export const Query: QueryResolvers<Context> = {
  media: (_parent, { id }, { loaders }) =>
    isId('image', id) || isId('video', id) ? loaders.media.load(id) : null,
};
