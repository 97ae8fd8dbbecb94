import type { EditProductInput, MutationResolvers } from '../../../generated/resolvers/catalog.ts';
import * as actions from '../actions.ts';
import type { Draft } from '../drafts.ts';
import type { Outcome } from '../errors.ts';
import type { Product } from '../products.ts';

export const Mutation: MutationResolvers = {
  listProduct: async (_root, { input }, { categories, store, viewerId }) => {
    const draft = { ...input, brand: input.brand ?? null };
    return payload(await actions.listProduct(store, await categories.tree(), viewerId, draft));
  },

  editProduct: async (_root, { id, input }, { categories, store, viewerId }) => {
    const tree = await categories.tree();
    return payload(await actions.editProduct(store, tree, viewerId, id, mentioned(input)));
  },

  withdrawProduct: async (_root, { id }, { store, viewerId }) =>
    payload(await actions.withdrawProduct(store, viewerId, id)),
};

const payload = (outcome: Outcome<Product>) => ({
  product: outcome.done ? outcome.result : null,
  userErrors: outcome.done ? [] : outcome.userErrors,
});

/** What an edit mentions. Only a brand can be taken away by null; elsewhere null says nothing. */
const mentioned = ({ brand, ...input }: EditProductInput): Partial<Draft> => ({
  ...(brand !== undefined && { brand }),
  ...(input.title != null && { title: input.title }),
  ...(input.description != null && { description: input.description }),
  ...(input.condition != null && { condition: input.condition }),
  ...(input.price != null && { price: input.price }),
  ...(input.categorySlug != null && { categorySlug: input.categorySlug }),
  ...(input.quantity != null && { quantity: input.quantity }),
  ...(input.attributes != null && { attributes: input.attributes }),
});
