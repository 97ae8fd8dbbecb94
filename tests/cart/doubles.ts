import type { Catalogue, HoldProblem, Problems } from '../../subgraphs/cart/catalogue.ts';
import type { PaymentProvider } from '../../subgraphs/cart/payments/provider.ts';

/** Lets a step fail once: before it takes effect, or after, when only the answer is lost. */
export interface Faults {
  readonly next: Map<string, 'before' | 'after'>;
  readonly around: <Result>(step: string, work: () => Result) => Promise<Result>;
}

export const createFaults = (): Faults => {
  const next = new Map<string, 'before' | 'after'>();
  return {
    next,
    around: async (step, work) => {
      const fault = next.get(step);
      next.delete(step);
      if (fault === 'before') throw new Error(`${step} failed before it took effect`);
      const result = work();
      if (fault === 'after') throw new Error(`the answer of ${step} was lost`);
      return result;
    },
  };
};

export interface Product {
  /** Minor units of EUR. */
  price: bigint;
  readonly sellerId: string;
  stock: number;
}

interface HoldRow {
  readonly orderId: string;
  readonly productId: string;
  readonly quantity: number;
  readonly fence: string;
  state: 'HELD' | 'PAYING' | 'SOLD' | 'RELEASED';
}

export type CatalogueDouble = Catalogue & {
  readonly products: Map<string, Product>;
  readonly holds: HoldRow[];
  /** Ends every hold that is not being paid, as time does. */
  readonly endHolds: () => void;
  /** Refuses to sell from now on. */
  refusesToSell: boolean;
};

const problemOf = (code: HoldProblem['code'], productId: string | null = null): HoldProblem => ({
  productId,
  code,
  message: `It is ${code}.`,
  price: null,
  quantityAvailable: null,
});

/** The catalogue's rules for holds, in memory. */
export const createCatalogueDouble = (faults: Faults): CatalogueDouble => {
  const products = new Map<string, Product>([
    ['product_a', { price: 1_000n, sellerId: 'user_s', stock: 5 }],
    ['product_b', { price: 2_500n, sellerId: 'user_s', stock: 1 }],
    ['product_c', { price: 300n, sellerId: 'user_t', stock: 9 }],
  ]);
  const holds: HoldRow[] = [];
  const give = (hold: HoldRow): void => {
    const product = products.get(hold.productId);
    if (product !== undefined) product.stock += hold.quantity;
    hold.state = 'RELEASED';
  };
  const ofOrder = (orderId: string) =>
    holds.filter((each) => each.orderId === orderId && each.state !== 'RELEASED');
  const advance = (
    orderId: string,
    fences: readonly { readonly productId: string; readonly fence: string }[],
    to: 'PAYING' | 'SOLD',
  ): Problems => {
    const found = fences.map(({ fence }) => ofOrder(orderId).find((each) => each.fence === fence));
    if (found.some((each) => each === undefined)) return [problemOf('HOLD_ENDED')];
    for (const each of found) {
      if (each !== undefined && each.state !== 'SOLD') each.state = to;
    }
    return [];
  };

  const double: CatalogueDouble = {
    products,
    holds,
    refusesToSell: false,
    endHolds: () => holds.filter(({ state }) => state === 'HELD').forEach(give),
    hold: (orderId, buyerId, wanted) =>
      faults.around('hold', () => {
        const wrong = wanted.flatMap(({ productId, quantity, expectedPrice }): HoldProblem[] => {
          const product = products.get(productId);
          const mine = ofOrder(orderId).find((each) => each.productId === productId);
          if (product === undefined) return [problemOf('ITEM_UNAVAILABLE', productId)];
          if (product.sellerId === buyerId) return [problemOf('OWN_ITEM', productId)];
          if (product.price !== expectedPrice.minorUnits) {
            const price = { ...expectedPrice, minorUnits: product.price };
            return [{ ...problemOf('PRICE_CHANGED', productId), price }];
          }
          if (mine === undefined && product.stock < quantity) {
            const quantityAvailable = product.stock;
            return [{ ...problemOf('ITEM_UNAVAILABLE', productId), quantityAvailable }];
          }
          return [];
        });
        if (wrong.length > 0) return { kind: 'refused', problems: wrong } as const;
        for (const { productId, quantity } of wanted) {
          if (ofOrder(orderId).some((each) => each.productId === productId)) continue;
          const product = products.get(productId);
          if (product !== undefined) product.stock -= quantity;
          const fence = `fence_${holds.length}`;
          holds.push({ orderId, productId, quantity, fence, state: 'HELD' });
        }
        const given = ofOrder(orderId).map(({ productId, fence }) => ({
          productId,
          fence,
          sellerId: products.get(productId)?.sellerId ?? '',
          title: `The ${productId}`,
        }));
        return { kind: 'held', holds: given } as const;
      }),
    beginPayment: (orderId, fences) =>
      faults.around('beginPayment', () => advance(orderId, fences, 'PAYING')),
    sell: (orderId, fences) =>
      faults.around('sell', () =>
        double.refusesToSell ? [problemOf('HOLD_ENDED')] : advance(orderId, fences, 'SOLD'),
      ),
    release: (orderId) =>
      faults.around('release', () => {
        ofOrder(orderId)
          .filter(({ state }) => state !== 'SOLD')
          .forEach(give);
        return [];
      }),
    returnSold: (orderId, productIds) =>
      faults.around('returnSold', () => {
        ofOrder(orderId)
          .filter(({ productId }) => productIds.includes(productId))
          .forEach(give);
        return [];
      }),
  };
  return double;
};

export type ProviderDouble = PaymentProvider & {
  /** Captured minor units by key. */
  readonly captured: Map<string, bigint>;
  /** Refunded minor units by key. */
  readonly refunded: Map<string, bigint>;
  /** How often money was really taken. */
  readonly takings: () => number;
};

/** A provider that keeps its promise about keys; `card_declined` is declined. */
export const createProviderDouble = (faults: Faults): ProviderDouble => {
  const captured = new Map<string, bigint>();
  const declined = new Set<string>();
  const refunded = new Map<string, bigint>();
  const found = (key: string) => {
    if (captured.has(key)) return { outcome: 'approved', paymentId: `payment_${key}` } as const;
    if (declined.has(key)) return { outcome: 'declined', reason: 'It was declined.' } as const;
    return null;
  };
  let takings = 0;
  return {
    captured,
    refunded,
    takings: () => takings,
    charge: ({ amount, method, idempotencyKey }) =>
      faults.around('charge', () => {
        const before = found(idempotencyKey);
        if (before !== null) return before;
        if (method === 'card_declined') declined.add(idempotencyKey);
        else {
          captured.set(idempotencyKey, amount.minorUnits);
          takings += 1;
        }
        return found(idempotencyKey) ?? { outcome: 'declined', reason: 'never' };
      }),
    find: async (idempotencyKey) => found(idempotencyKey),
    refund: ({ amount, idempotencyKey }) =>
      faults.around('refund', () => {
        refunded.set(idempotencyKey, amount.minorUnits);
      }),
    close: async () => {},
  };
};
