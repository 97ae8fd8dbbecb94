import type { TestSubgraph } from '../kit/subgraph.ts';

/** The tree is read every few seconds, whatever is asked. */
export const CATEGORY_TREE = /FROM "public"."categories"/;

export interface Item {
  readonly id: string;
  readonly title?: string;
  readonly description?: string;
  readonly brand?: string | null;
  readonly condition?: string;
  readonly price?: number;
  readonly currency?: string;
  readonly category?: string;
  readonly seller?: string;
  readonly availability?: string;
  /** How many pieces are left, of what is AVAILABLE. */
  readonly quantity?: number;
  readonly listedAt?: string;
}

/** clothing > (dresses, shoes); cameras > (film-cameras > rangefinders, lenses) */
const CATEGORIES = [
  ['clothing', null],
  ['dresses', 'clothing'],
  ['shoes', 'clothing'],
  ['cameras', null],
  ['film-cameras', 'cameras'],
  ['rangefinders', 'film-cameras'],
  ['lenses', 'cameras'],
] as const;

const idOf = (slug: string | null) => (slug === null ? null : `category_${slug.replace('-', '')}`);

/** Puts the categories and these items into an empty catalogue. */
export const arrange = async ({ pool }: Pick<TestSubgraph, 'pool'>, items: readonly Item[]) => {
  for (const [position, [slug, parent]] of CATEGORIES.entries()) {
    await pool.query(
      'INSERT INTO categories (id, slug, name, parent_id, position) VALUES ($1, $2, $3, $4, $5)',
      [idOf(slug), slug, slug, idOf(parent), position],
    );
  }
  for (const item of items) await put({ pool }, item);
};

export const put = ({ pool }: Pick<TestSubgraph, 'pool'>, item: Item) => {
  const availability = item.availability ?? 'AVAILABLE';
  return pool.query(
    `INSERT INTO products (id, title, description, brand, condition, price_amount, price_currency,
       category_id, seller_id, availability, quantity_available, listed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      item.id,
      item.title ?? 'Something',
      item.description ?? '',
      item.brand ?? null,
      item.condition ?? 'GOOD',
      item.price ?? 1000,
      item.currency ?? 'EUR',
      idOf(item.category ?? 'dresses'),
      item.seller ?? 'user_1',
      availability,
      availability === 'AVAILABLE' ? (item.quantity ?? 1) : 0,
      item.listedAt ?? '2026-01-01T00:00:00Z',
    ],
  );
};
