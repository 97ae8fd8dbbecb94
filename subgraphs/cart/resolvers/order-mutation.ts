import { isServiceWith } from '../../../contract/viewer.ts';
import type { MutationResolvers } from '../../../generated/resolvers/cart.ts';
import { clientError } from '../../kit/errors.ts';
import type { Outcome } from '../../kit/outcomes.ts';
import { checkout } from '../checkout.ts';
import type { OrderErrorCode } from '../errors.ts';
import * as fulfilment from '../fulfilment.ts';
import type { Shipment } from '../shipments.ts';

type Resolver =
  | 'checkout'
  | 'cancelOrder'
  | 'cancelShipment'
  | 'markShipped'
  | 'markReceived'
  | 'refundShipment'
  | 'recordAccountDeleted';

/** Buying, and what comes after. */
export const orderMutations: Pick<MutationResolvers, Resolver> = {
  checkout: async (_root, { input }, { checkouts, viewerId }) => {
    const outcome = await checkout(checkouts, viewerId, input);
    return outcome.done
      ? { order: outcome.result, userErrors: [] }
      : { order: null, userErrors: outcome.userErrors };
  },

  cancelOrder: async (_root, { input }, context) => {
    const outcome = await fulfilment.cancelOrder(context.shipments, context, input.orderId);
    if (!outcome.done) return { order: null, userErrors: outcome.userErrors };
    return { order: await context.orders.find(input.orderId), userErrors: [] };
  },

  cancelShipment: async (_root, { input }, context) =>
    payload(await fulfilment.cancelShipment(context.shipments, context, input.shipmentId)),

  markShipped: async (_root, { input: { shipmentId, trackingCode } }, context) => {
    const { shipments } = context;
    return payload(
      await fulfilment.markShipped(shipments, context, shipmentId, trackingCode ?? null),
    );
  },

  markReceived: async (_root, { input }, context) =>
    payload(await fulfilment.markReceived(context.shipments, context, input.shipmentId)),

  refundShipment: async (_root, { input }, context) => {
    const outcome = await fulfilment.refundShipment(context.shipments, context, input);
    const refund = outcome.done
      ? outcome.result.refunds.find((each) => each.idempotencyKey === input.idempotencyKey)
      : null;
    return { ...payload(outcome), refund: refund ?? null };
  },

  recordAccountDeleted: async (_root, { input }, { accounts, viewer }) => {
    if (!isServiceWith(viewer, 'cart:facts')) throw clientError('FORBIDDEN');
    if (!UUID.test(input.eventId)) throw clientError('BAD_USER_INPUT', '`eventId` is a UUID.');
    return { isNew: await accounts.forget(input.eventId, input.userId) };
  },
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const payload = (outcome: Outcome<Shipment, OrderErrorCode>) =>
  outcome.done
    ? { shipment: outcome.result, userErrors: [] }
    : { shipment: null, userErrors: outcome.userErrors };
