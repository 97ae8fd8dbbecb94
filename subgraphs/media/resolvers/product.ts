import type { ProductResolvers } from '../../../generated/resolvers/media.ts';
import type { Context } from '../context.ts';
import { firstPicture } from '../media.ts';

export const Product: ProductResolvers<Context> = {
  __resolveReference: ({ id }) => ({ id }),
  media: ({ id }, _args, { loaders }) => loaders.ofProduct.load(id),
  coverImage: async ({ id }, _args, { loaders }) => firstPicture(await loaders.ofProduct.load(id)),
};
