import type { MutationResolvers } from '../../../generated/resolvers/cart.ts';
import * as actions from '../actions.ts';
import { mergeCart } from '../merge.ts';
import { hashOf, newToken } from '../tokens.ts';
import { orderMutations } from './order-mutation.ts';

export const Mutation: MutationResolvers = {
  ...orderMutations,

  createGuestCart: async (_root, _args, { store }) => {
    const token = newToken();
    return { cart: await store.createGuestCart(hashOf(token)), token, userErrors: [] };
  },

  addToCart: async (_root, { input: { token, ...asked } }, { store, viewerId }) =>
    payload(await actions.addToCart(store, { viewerId, token }, asked)),

  changeCartLine: async (_root, { input }, { store, viewerId }) => {
    const asker = { viewerId, token: input.token };
    return payload(await actions.changeLine(store, asker, input.lineId, input.quantity));
  },

  removeCartLine: async (_root, { input }, { store, viewerId }) =>
    payload(await actions.removeLine(store, { viewerId, token: input.token }, input.lineId)),

  clearCart: async (_root, { input }, { store, viewerId }) =>
    payload(await actions.clearCart(store, { viewerId, token: input.token })),

  mergeCart: async (_root, { input }, { store, viewerId }) => {
    const outcome = await mergeCart(store, viewerId, input.token);
    return outcome.done
      ? { ...outcome.result, userErrors: [] }
      : { cart: null, userErrors: outcome.userErrors, warnings: [] };
  },
};

/** The shape of all payloads; those without a line or warnings leave them out of the schema. */
const payload = (outcome: actions.Outcome) =>
  outcome.done
    ? { ...outcome.result, userErrors: [] }
    : { cart: null, line: null, userErrors: outcome.userErrors, warnings: [] };
