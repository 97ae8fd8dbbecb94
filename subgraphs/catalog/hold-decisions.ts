import type {
  Hold,
  HoldDecision,
  HoldItem,
  HoldProblem,
  HoldProblemCode,
  HoldWrite,
  Locked,
  NewHold,
  Offer,
} from './holds.ts';

/** What the caller knows of one of its holds. */
export interface Fence {
  readonly productId: string;
  readonly fence: string;
}

export const holdProblem = (
  code: HoldProblemCode,
  productId: string | null,
  message: string,
  now: { readonly price?: HoldProblem['price']; readonly quantityAvailable?: number } = {},
): HoldProblem => ({
  code,
  productId,
  message,
  price: now.price ?? null,
  quantityAvailable: now.quantityAvailable ?? null,
});

const write = (what: HoldWrite | null): HoldDecision => ({ write: what, problems: [] });

const refuse = (problems: readonly HoldProblem[]): HoldDecision => ({ write: null, problems });

/** Moves these holds on; nothing is written where there are none to move. */
const move = (
  holds: readonly Hold[],
  to: 'PAYING' | 'SOLD' | 'RELEASED',
  isWithdrawn = false,
): HoldDecision =>
  holds.length === 0
    ? write(null)
    : write({ kind: 'move', productIds: holds.map(({ productId }) => productId), to, isWithdrawn });

type LockedHold = Locked['holds'][number];

const isOver = ({ state, isExpired }: LockedHold): boolean => state === 'RELEASED' || isExpired;

const ended = ({ productId }: { readonly productId: string | null }): HoldProblem =>
  holdProblem('HOLD_ENDED', productId, 'The order does not hold this any more: order it anew.');

/** Whether an order may hold these items; one that holds them already is answered with its holds. */
export const decideHold =
  (buyerId: string, items: readonly HoldItem[], seconds: number) =>
  (locked: Locked): HoldDecision => {
    if (locked.holder !== null) return repeatHold(buyerId, items, locked);
    const judged = items.map((item) => judge(buyerId, item, locked.offers.get(item.productId)));
    const problems = judged.flatMap((each) => ('problem' in each ? [each.problem] : []));
    if (problems.length > 0) return refuse(problems);
    const held = judged.flatMap((each) => ('hold' in each ? [each.hold] : []));
    return write({ kind: 'hold', buyerId, items: held, seconds });
  };

const repeatHold = (
  buyerId: string,
  items: readonly HoldItem[],
  { holder, holds }: Locked,
): HoldDecision => {
  if (holds.length === 0) return refuse([ended({ productId: null })]);
  if (holder?.buyerId !== buyerId || !areThese(holds, items)) {
    const message = 'The order holds other items than these: hold them for another order.';
    return refuse([holdProblem('INVALID', null, message)]);
  }
  const over = holds.filter(isOver);
  return over.length > 0 ? refuse(over.map(ended)) : write(null);
};

const areThese = (holds: readonly Hold[], items: readonly HoldItem[]): boolean => {
  const textOf = (
    { productId, quantity }: HoldItem | Hold,
    { minorUnits, currencyCode }: Hold['price'],
  ) => `${productId} ${quantity} ${minorUnits} ${currencyCode}`;
  const asked = new Set(items.map((item) => textOf(item, item.expectedPrice)));
  return holds.length === asked.size && holds.every((hold) => asked.has(textOf(hold, hold.price)));
};

type Judged = { readonly problem: HoldProblem } | { readonly hold: NewHold };

const judge = (
  buyerId: string,
  { productId, quantity, expectedPrice }: HoldItem,
  offer: Offer | undefined,
): Judged => {
  const refusal = (...args: Parameters<typeof holdProblem>) => ({ problem: holdProblem(...args) });
  if (offer === undefined) {
    const message = 'This item is not for sale any more.';
    return refusal('ITEM_UNAVAILABLE', productId, message, { quantityAvailable: 0 });
  }
  const { price, quantityAvailable, ...rest } = offer;
  if (offer.sellerId === buyerId) return refusal('OWN_ITEM', productId, 'This is your own item.');
  if (quantity > quantityAvailable) {
    const message = `Of this item ${quantityAvailable} are left.`;
    return refusal('ITEM_UNAVAILABLE', productId, message, { quantityAvailable });
  }
  if (
    price.minorUnits !== expectedPrice.minorUnits ||
    price.currencyCode !== expectedPrice.currencyCode
  ) {
    return refusal('PRICE_CHANGED', productId, 'This item has another price now.', { price });
  }
  return { hold: { ...rest, price, quantity } };
};

/** What keeps the order from going on with exactly these holds. */
const checkFences = (holds: Locked['holds'], fences: readonly Fence[]): readonly HoldProblem[] => {
  if (holds.length === 0) return [ended({ productId: null })];
  const told = new Map(fences.map(({ productId, fence }) => [productId, fence]));
  const isComplete = told.size === fences.length && told.size === holds.length;
  if (!isComplete || !holds.every(({ productId }) => told.has(productId))) {
    return [holdProblem('INVALID', null, 'Name every item that the order holds, once.')];
  }
  return holds
    .filter((hold) => isOver(hold) || told.get(hold.productId) !== String(hold.fence))
    .map(ended);
};

/** HELD to PAYING: from now on nothing expires. */
export const decidePayment =
  (fences: readonly Fence[]) =>
  ({ holds }: Locked): HoldDecision => {
    const problems = checkFences(holds, fences);
    if (problems.length > 0) return refuse(problems);
    return move(
      holds.filter(({ state }) => state === 'HELD'),
      'PAYING',
    );
  };

/** PAYING to SOLD. */
export const decideSale =
  (fences: readonly Fence[]) =>
  ({ holds }: Locked): HoldDecision => {
    const problems = checkFences(holds, fences);
    if (problems.length > 0) return refuse(problems);
    if (holds.some(({ state }) => state === 'HELD')) {
      return refuse([holdProblem('INVALID', null, 'Call beginPayment before anything is paid.')]);
    }
    return move(
      holds.filter(({ state }) => state === 'PAYING'),
      'SOLD',
    );
  };

/** HELD or PAYING to RELEASED, for good. */
export const decideRelease = ({ holder, holds }: Locked): HoldDecision => {
  if (holder === null) return write({ kind: 'end' });
  const sold = holds.filter(({ state }) => state === 'SOLD');
  if (sold.length > 0) {
    const message = 'This is sold: call returnSoldItems.';
    return refuse(sold.map(({ productId }) => holdProblem('INVALID', productId, message)));
  }
  return move(
    holds.filter(({ state }) => state !== 'RELEASED'),
    'RELEASED',
  );
};

/** SOLD to RELEASED, on sale again or not. */
export const decideReturn =
  (productIds: readonly string[], relist: boolean) =>
  ({ holds }: Locked): HoldDecision => {
    const bought = new Map(
      holds
        .filter(({ state }) => state === 'SOLD' || state === 'RELEASED')
        .map((hold) => [hold.productId, hold]),
    );
    const strange = productIds.filter((id) => !bought.has(id));
    if (strange.length > 0) {
      const message = 'The order did not buy this.';
      return refuse(strange.map((id) => holdProblem('INVALID', id, message)));
    }
    const returned = new Set(productIds);
    return move(
      holds.filter(({ state, productId }) => state === 'SOLD' && returned.has(productId)),
      'RELEASED',
      !relist,
    );
  };
