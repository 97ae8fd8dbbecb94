import type { QueryResolvers } from '../../../generated/resolvers/catalog.ts';
import { isId } from '../../kit/ids.ts';
import { myProductConnection, productConnection } from '../connections.ts';

export const Query: QueryResolvers = {
  product: (_root, { id }, { loaders }) => (isId('product', id) ? loaders.product.load(id) : null),

  products: async (_root, { filter, sort, ...page }, context) =>
    productConnection(context, await context.categories.tree(), filter ?? {}, sort, page),

  myProducts: (_root, { state, ...page }, context) =>
    context.viewerId === null
      ? null
      : myProductConnection(context, context.viewerId, state ?? null, page),

  categories: async (_root, _args, { categories }) => (await categories.tree()).roots,

  category: async (_root, { slug }, { categories }) => (await categories.tree()).bySlug(slug),
};
