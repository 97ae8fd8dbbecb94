import { categoryId, DEPARTMENTS } from '../goods/departments.ts';
import type { TableRows } from '../insert.ts';
import type { Product } from '../listings.ts';
import type { Market } from '../market.ts';

/** The rows of the catalogue's database. */
export const catalogTables = ({ products }: Market): readonly TableRows[] => [
  {
    table: 'categories',
    columns: { id: 'text', slug: 'text', name: 'text', parent_id: 'text', position: 'integer' },
    rows: DEPARTMENTS.flatMap((department, position) => [
      categoryRow(department, null, position),
      ...department.leaves.map((leaf, index) => categoryRow(leaf, department.slug, index)),
    ]),
  },
  {
    table: 'products',
    columns: {
      id: 'text',
      title: 'text',
      description: 'text',
      condition: 'condition',
      brand: 'text',
      price_amount: 'bigint',
      price_currency: 'currency_code',
      category_id: 'text',
      seller_id: 'text',
      availability: 'availability',
      quantity_available: 'integer',
      attributes: 'jsonb',
      listed_at: 'timestamptz',
      updated_at: 'timestamptz',
    },
    rows: products.map(productRow),
  },
];

const categoryRow = (
  { slug, name }: { readonly slug: string; readonly name: string },
  parent: string | null,
  position: number,
) => ({
  id: categoryId(slug),
  slug,
  name,
  parent_id: parent === null ? null : categoryId(parent),
  position,
});

const productRow = (product: Product) => ({
  id: product.id,
  title: product.title,
  description: product.description,
  condition: product.condition,
  brand: product.brand,
  price_amount: product.price,
  price_currency: product.currency,
  category_id: product.categoryId,
  seller_id: product.sellerId,
  availability: product.availability,
  quantity_available: product.quantityAvailable,
  attributes: product.attributes,
  listed_at: product.listedAt,
  updated_at: product.updatedAt,
});
