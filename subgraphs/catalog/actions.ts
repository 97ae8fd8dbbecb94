import { isId, newId } from '../kit/ids.ts';
import { done, NOT_SIGNED_IN, problem, refused, within } from '../kit/outcomes.ts';
import type { CategoryTree } from './categories.ts';
import { acceptChange, acceptDraft, type Draft, type Listing } from './drafts.ts';
import type { Check, Outcome } from './errors.ts';
import type { Product } from './products.ts';

export type NewProduct = Listing & { readonly id: string; readonly sellerId: string };

/** What the actions need of the database. */
export interface ProductStore {
  readonly createProduct: (product: NewProduct) => Promise<Product>;
  /** Changes the item only while it is this seller's and AVAILABLE; null where it is not. */
  readonly changeProduct: (
    id: string,
    sellerId: string,
    change: Partial<Listing>,
  ) => Promise<Product | null>;
  /** Takes the item off sale under the same condition. */
  readonly withdrawProduct: (id: string, sellerId: string) => Promise<Product | null>;
  readonly productsById: (ids: readonly string[]) => Promise<readonly Product[]>;
}

const NO_SUCH_ITEM = problem('NOT_FOUND', ['id'], 'There is no item with this id.');
const NOT_YOURS = problem('FORBIDDEN', ['id'], 'That item belongs to someone else.');

const STATES = {
  AVAILABLE: 'for sale',
  RESERVED: 'reserved for a buyer',
  SOLD: 'sold',
  WITHDRAWN: 'withdrawn',
} as const;

const notForSale = ({ availability }: Product): Check =>
  problem('NOT_FOR_SALE', ['id'], `That item is ${STATES[availability]}.`);

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

  return done(
    await store.createProduct({ ...accepted.result, id: newId('product'), sellerId: viewerId }),
  );
};

/** Changes what the draft mentions of one of the viewer's items. */
export const editProduct = async (
  store: ProductStore,
  tree: CategoryTree,
  viewerId: string | null,
  id: string,
  draft: Partial<Draft>,
): Promise<Outcome<Product>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  if (!isId('product', id)) return refused(NO_SUCH_ITEM);
  const accepted = acceptChange(draft, tree);
  if (!accepted.done) return refused(within(['input'], accepted.userErrors));

  const changed = await store.changeProduct(id, viewerId, accepted.result);
  return changed === null ? refused(await whyNot(store, viewerId, id)) : done(changed);
};

/** Takes one of the viewer's items off sale, for good. */
export const withdrawProduct = async (
  store: ProductStore,
  viewerId: string | null,
  id: string,
): Promise<Outcome<Product>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  if (!isId('product', id)) return refused(NO_SUCH_ITEM);

  const withdrawn = await store.withdrawProduct(id, viewerId);
  return withdrawn === null ? refused(await whyNot(store, viewerId, id)) : done(withdrawn);
};

/** Looked up after a guarded change met no row: the condition decided, this only puts it in words. */
const whyNot = async (store: ProductStore, viewerId: string, id: string): Promise<Check> => {
  const [product] = await store.productsById([id]);
  if (product === undefined) return NO_SUCH_ITEM;
  return product.sellerId === viewerId ? notForSale(product) : NOT_YOURS;
};
