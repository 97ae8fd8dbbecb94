import {
  BeginPaymentDocument,
  HoldItemsDocument,
  type HoldItemsMutation,
  ReleaseHeldItemsDocument,
  ReturnSoldItemsDocument,
  SellHeldItemsDocument,
} from '../../../generated/operations/cart/graphql.ts';
import { minorUnitsOf, moneyOf } from '../../kit/money.ts';
import { type RouterClient, RouterFailure } from '../../kit/router-client.ts';
import type { Catalogue, HoldProblem, Problems } from '../catalogue.ts';

type Answered = NonNullable<HoldItemsMutation['holdItems']>['problems'][number];

/** The catalogue, asked through the router. */
export const createCatalogue = ({ ask }: Pick<RouterClient, 'ask'>): Catalogue => ({
  hold: async (orderId, buyerId, wanted) => {
    const items = wanted.map(({ productId, quantity, expectedPrice }) => ({
      productId,
      quantity,
      expectedPrice: moneyOf(expectedPrice),
    }));
    const { holdItems } = await ask(HoldItemsDocument, { input: { orderId, buyerId, items } });
    const { holds, problems } = given(holdItems);
    if (problems.length > 0 || holds == null) {
      return { kind: 'refused', problems: problems.map(problemOf) };
    }
    return { kind: 'held', holds };
  },

  beginPayment: async (orderId, fences) => {
    const { beginPayment } = await ask(BeginPaymentDocument, { input: holdsOf(orderId, fences) });
    return problemsOf(beginPayment);
  },

  sell: async (orderId, fences) => {
    const { sellHeldItems } = await ask(SellHeldItemsDocument, { input: holdsOf(orderId, fences) });
    return problemsOf(sellHeldItems);
  },

  release: async (orderId) => {
    const { releaseHeldItems } = await ask(ReleaseHeldItemsDocument, { input: { orderId } });
    return problemsOf(releaseHeldItems);
  },

  returnSold: async (orderId, productIds, relist) => {
    const input = { orderId, productIds: [...productIds], relist };
    const { returnSoldItems } = await ask(ReturnSoldItemsDocument, { input });
    return problemsOf(returnSoldItems);
  },
});

const holdsOf = (orderId: string, holds: Parameters<Catalogue['sell']>[1]) => ({
  orderId,
  fences: holds.map(({ productId, fence }) => ({ productId, fence })),
});

/** A root field is nullable, and null where its service failed; the client throws before. */
const given = <Payload>(payload: Payload | null | undefined): Payload => {
  if (payload == null) throw new RouterFailure('The catalogue gave nothing.');
  return payload;
};

const problemsOf = (
  payload: { readonly problems: readonly Answered[] } | null | undefined,
): Problems => given(payload).problems.map(problemOf);

const problemOf = ({ productId, code, message, price, quantityAvailable }: Answered) => {
  const minorUnits = price == null ? null : minorUnitsOf(price.amount);
  const problem: HoldProblem = {
    productId: productId ?? null,
    code,
    message,
    price: price == null || minorUnits === null ? null : { ...price, minorUnits },
    quantityAvailable: quantityAvailable ?? null,
  };
  return problem;
};
