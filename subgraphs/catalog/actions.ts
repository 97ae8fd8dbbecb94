import { isId, newId } from '../kit/ids.ts';
import { done, NOT_SIGNED_IN, problem, refused, within } from '../kit/outcomes.ts';
import type { CategoryTree } from './categories.ts';
import {
  acceptChange,
  acceptDraft,
  checkComplete,
  checkQuantity,
  type Draft,
  type Listing,
} from './drafts.ts';
import type { Check, Outcome } from './errors.ts';
import type { Availability, Product } from './products.ts';

export interface NewProduct {
  readonly id: string;
  readonly sellerId: string;
  readonly availability: 'DRAFT' | 'AVAILABLE';
  /** Complete, unless it is a DRAFT. */
  readonly listing: Partial<Listing>;
}

/** Which item a seller means to change, and as they know it. */
export interface Guard {
  readonly id: string;
  readonly sellerId: string;
  /** Null where any version will do. */
  readonly expectedVersion: number | null;
}

/**
 * What becomes of an item, from which states: `edit` leaves it in its own, `relist` puts as many pieces
 * on sale where nobody is buying one.
 */
export type Change =
  | { readonly kind: 'edit'; readonly change: Partial<Listing> }
  | { readonly kind: 'publish' }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'relist'; readonly quantity: number };

/** The states in which a seller may change an item so. */
export const CHANGEABLE: Readonly<Record<Change['kind'], readonly Availability[]>> = {
  edit: ['DRAFT', 'AVAILABLE'],
  publish: ['DRAFT'],
  withdraw: ['AVAILABLE'],
  relist: ['WITHDRAWN'],
};

/** What the actions need of the database. */
export interface ProductStore {
  readonly createProduct: (product: NewProduct) => Promise<Product>;
  /** Changes the item only while it is as the guard says and may be changed so; null where not. */
  readonly changeProduct: (guard: Guard, change: Change) => Promise<Product | null>;
  /** @param viewerId whose drafts are seen; nobody's where it is null or left out */
  readonly productsById: (
    ids: readonly string[],
    viewerId?: string | null,
  ) => Promise<readonly Product[]>;
}

/** Who wants to change which item, as a request says it. */
export interface Claim {
  readonly viewerId: string | null;
  readonly id: string;
  readonly expectedVersion: number | null;
}

const NO_SUCH_ITEM = problem('NOT_FOUND', ['id'], 'There is no item with this id.');
const NOT_YOURS = problem('FORBIDDEN', ['id'], 'That item belongs to someone else.');
const CHANGED_MEANWHILE = problem(
  'STALE_VERSION',
  ['expectedVersion'],
  'You have changed that item meanwhile: look at it again.',
);

const STATES = {
  DRAFT: 'a draft',
  AVAILABLE: 'for sale',
  RESERVED: 'reserved for a buyer',
  SOLD: 'sold',
  WITHDRAWN: 'withdrawn',
} as const satisfies Record<Availability, string>;

const wrongState = ({ availability }: Product, kind: Change['kind']): Check => {
  const code = kind === 'publish' || kind === 'relist' ? 'WRONG_STATE' : 'NOT_FOR_SALE';
  // Withdrawn is what is put on sale again, unless somebody held a piece before that.
  return kind === 'relist' && availability === 'WITHDRAWN'
    ? problem(code, ['id'], 'Somebody is still buying a piece of that item.')
    : problem(code, ['id'], `That item is ${STATES[availability]}.`);
};

/** Puts an item up for sale; the viewer becomes its seller. */
export const listProduct = async (
  store: ProductStore,
  tree: CategoryTree,
  viewerId: string | null,
  draft: Draft,
): Promise<Outcome<Product>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const accepted = acceptDraft(draft, tree);
  if (!accepted.done) return refused(within(['input'], accepted.userErrors));
  return done(await create(store, viewerId, 'AVAILABLE', accepted.result));
};

/** Begins an item that only the viewer sees until they publish it. */
export const draftProduct = async (
  store: ProductStore,
  tree: CategoryTree,
  viewerId: string | null,
  draft: Partial<Draft> & Pick<Draft, 'title'>,
): Promise<Outcome<Product>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const accepted = acceptChange(draft, tree);
  if (!accepted.done) return refused(within(['input'], accepted.userErrors));
  return done(await create(store, viewerId, 'DRAFT', accepted.result));
};

const create = (
  store: ProductStore,
  sellerId: string,
  availability: NewProduct['availability'],
  listing: Partial<Listing>,
): Promise<Product> =>
  store.createProduct({ id: newId('product'), sellerId, availability, listing });

/** Changes what the draft mentions of one of the viewer's items. */
export const editProduct = async (
  store: ProductStore,
  tree: CategoryTree,
  claim: Claim,
  draft: Partial<Draft>,
): Promise<Outcome<Product>> => {
  const guard = guardOf(claim);
  if (!guard.done) return guard;
  const accepted = acceptChange(draft, tree);
  if (!accepted.done) return refused(within(['input'], accepted.userErrors));
  return change(store, guard.result, { kind: 'edit', change: accepted.result });
};

/** Puts a draft of the viewer's up for sale, where it says all that a buyer has to know. */
export const publishProduct = async (
  store: ProductStore,
  tree: CategoryTree,
  claim: Claim,
): Promise<Outcome<Product>> => {
  const guard = guardOf(claim);
  if (!guard.done) return guard;
  const [product] = await store.productsById([claim.id], claim.viewerId);
  if (product?.availability === 'DRAFT') {
    const missing = checkComplete(product, tree);
    if (missing.length > 0) return refused(missing);
  }
  return change(store, guard.result, { kind: 'publish' });
};

/** Takes one of the viewer's items off sale. */
export const withdrawProduct = async (
  store: ProductStore,
  claim: Claim,
): Promise<Outcome<Product>> => {
  const guard = guardOf(claim);
  return guard.done ? change(store, guard.result, { kind: 'withdraw' }) : guard;
};

/** Puts an item that the viewer withdrew on sale again. */
export const relistProduct = async (
  store: ProductStore,
  claim: Claim,
  quantity: number,
): Promise<Outcome<Product>> => {
  const guard = guardOf(claim);
  if (!guard.done) return guard;
  const wrong = checkQuantity(quantity);
  return wrong.length > 0
    ? refused(wrong)
    : change(store, guard.result, { kind: 'relist', quantity });
};

const guardOf = ({ viewerId, id, expectedVersion }: Claim): Outcome<Guard> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  if (!isId('product', id)) return refused(NO_SUCH_ITEM);
  return done({ id, sellerId: viewerId, expectedVersion });
};

const change = async (
  store: ProductStore,
  guard: Guard,
  what: Change,
): Promise<Outcome<Product>> => {
  const changed = await store.changeProduct(guard, what);
  return changed === null ? refused(await whyNot(store, guard, what.kind)) : done(changed);
};

/** Looked up after a guarded change met no row: the condition decided, this only puts it in words. */
const whyNot = async (
  store: ProductStore,
  { id, sellerId, expectedVersion }: Guard,
  kind: Change['kind'],
): Promise<Check> => {
  const [product] = await store.productsById([id], sellerId);
  if (product === undefined) return NO_SUCH_ITEM;
  if (product.sellerId !== sellerId) return NOT_YOURS;
  const isStale = expectedVersion !== null && expectedVersion !== product.version;
  if (CHANGEABLE[kind].includes(product.availability) && isStale) return CHANGED_MEANWHILE;
  return wrongState(product, kind);
};
