import type { EditProductInput, MutationResolvers } from '../../../generated/resolvers/catalog.ts';
import * as actions from '../actions.ts';
import type { Context } from '../context.ts';
import type { Draft } from '../drafts.ts';
import type { Outcome } from '../errors.ts';
import type { Product } from '../products.ts';

export const Mutation: MutationResolvers = {
  listProduct: async (_root, { input }, { categories, store, viewerId }) => {
    const draft = { ...input, brand: input.brand ?? null };
    return payload(await actions.listProduct(store, await categories.tree(), viewerId, draft));
  },

  draftProduct: async (_root, { input }, { categories, store, viewerId }) => {
    const draft = { ...mentioned(input), title: input.title };
    return payload(await actions.draftProduct(store, await categories.tree(), viewerId, draft));
  },

  publishProduct: async (_root, args, context) => {
    const tree = await context.categories.tree();
    return payload(await actions.publishProduct(context.store, tree, claim(args, context)));
  },

  editProduct: async (_root, { input, ...args }, context) => {
    const tree = await context.categories.tree();
    const change = mentioned(input);
    return payload(await actions.editProduct(context.store, tree, claim(args, context), change));
  },

  withdrawProduct: async (_root, args, context) =>
    payload(await actions.withdrawProduct(context.store, claim(args, context))),

  relistProduct: async (_root, { quantity, ...args }, context) =>
    payload(await actions.relistProduct(context.store, claim(args, context), quantity)),
};

const claim = (
  {
    id,
    expectedVersion,
  }: { readonly id: string; readonly expectedVersion?: number | null | undefined },
  { viewerId }: Context,
): actions.Claim => ({ viewerId, id, expectedVersion: expectedVersion ?? null });

const payload = (outcome: Outcome<Product>) => ({
  product: outcome.done ? outcome.result : null,
  userErrors: outcome.done ? [] : outcome.userErrors,
});

/** What an edit or a draft mentions. Only a brand can be taken away by null; elsewhere null says nothing. */
const mentioned = ({ brand, ...input }: EditProductInput): Partial<Draft> => ({
  ...(brand !== undefined && { brand }),
  ...(input.title != null && { title: input.title }),
  ...(input.description != null && { description: input.description }),
  ...(input.condition != null && { condition: input.condition }),
  ...(input.price != null && { price: input.price }),
  ...(input.categorySlug != null && { categorySlug: input.categorySlug }),
  ...(input.quantity != null && { quantity: input.quantity }),
  ...(input.attributes != null && { attributes: input.attributes }),
  ...(input.mediaIds != null && { mediaIds: input.mediaIds }),
});
