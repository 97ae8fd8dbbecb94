import { isServiceWith } from '../../../contract/viewer.ts';
import type { MutationResolvers } from '../../../generated/resolvers/catalog.ts';
import { clientError } from '../../kit/errors.ts';
import type { Context } from '../context.ts';
import * as actions from '../hold-actions.ts';

/** The router asks for the scope too; this is for requests that come another way. */
const storeOf = ({ viewer, store }: Context) => {
  if (!isServiceWith(viewer, 'catalog:holds')) throw clientError('FORBIDDEN');
  return store;
};

/** What other services may do with items. */
export const HoldMutation: MutationResolvers = {
  holdItems: (_root, { input }, context) =>
    actions.holdItems(storeOf(context), input, context.settings.holdSeconds),

  beginPayment: (_root, { input }, context) => actions.beginPayment(storeOf(context), input),

  sellHeldItems: (_root, { input }, context) => actions.sellHeldItems(storeOf(context), input),

  releaseHeldItems: (_root, { input }, context) =>
    actions.releaseHeldItems(storeOf(context), input.orderId),

  returnSoldItems: (_root, { input: { orderId, productIds, relist } }, context) =>
    actions.returnSoldItems(storeOf(context), orderId, productIds, relist),
};
