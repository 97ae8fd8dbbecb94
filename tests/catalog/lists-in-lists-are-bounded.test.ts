import { expect, test } from 'vitest';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTestSubgraph } from '../kit/subgraph.ts';

/** Listings of the sellers of listings of the sellers …, so many levels deep. */
const nested = (levels: number): string =>
  levels === 0 ? 'id' : `seller { listings(first: 100) { nodes { ${nested(levels - 1)} } } }`;

test('a short query for lists in lists gets ten thousand items at the most, and says so', async () => {
  await using subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: true });
  // One seller with a hundred items: each level is a hundred times the one before.
  await subgraph.pool.query(
    `UPDATE products SET seller_id = 'user_1'
     WHERE id IN (SELECT id FROM products WHERE availability = 'AVAILABLE' LIMIT 100)`,
  );
  const bounded = await subgraph.query({
    document: `{ product(id: "product_1") { id } products(first: 100, filter: { sellerId: "user_1" }) { nodes { ${nested(1)} } } }`,
  });
  const items = bounded.data.products.nodes.flatMap(
    (node: { seller: { listings: { nodes: unknown[] } | null } }) =>
      node.seller.listings?.nodes ?? [],
  );
  expect(items.length).toBeGreaterThan(5_000);
  expect(items.length).toBeLessThanOrEqual(9_900);

  const { errors } = await subgraph.query({
    document: `{ products(first: 100, filter: { sellerId: "user_1" }) { nodes { ${nested(4)} } } }`,
  });
  expect(errors?.[0]?.message).toContain('more than 10,000 items');
  expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
});
