import type { CategoryResolvers } from '../../../generated/resolvers/catalog.ts';

export const Category: CategoryResolvers = {
  __resolveReference: async ({ id }, { categories }) => (await categories.tree()).byId(id),
  parent: async ({ parentId }, _args, { categories }) =>
    parentId === null ? null : (await categories.tree()).byId(parentId),
  children: async ({ id }, _args, { categories }) => (await categories.tree()).children(id),
  path: async (category, _args, { categories }) => (await categories.tree()).path(category),
};
