import { expect, test } from 'vitest';
import { catalog } from '../../subgraphs/catalog/server.ts';
import type { Data } from '../kit/http.ts';
import { startTestSubgraph } from '../kit/subgraph.ts';
import { arrange } from './arrange.ts';
import { buy, hold, release } from './holding.ts';

const COUNT = 60;
const SORTS = ['RELEVANCE', 'NEWEST', 'PRICE_ASCENDING', 'PRICE_DESCENDING'] as const;

const idOf = (index: number) => `product_${String(index).padStart(2, '0')}`;
const indexes = Array.from({ length: COUNT }, (_, index) => index);

/** Every third item is sold, every third is held and comes back, the rest is left alone. */
const fateOf = (index: number) => (['sold', 'back', 'alone'] as const)[index % 3];

test.each(SORTS)(
  '%s: what is for sale all the time is met once, whatever is sold between pages',
  async (sort) => {
    await using subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
    await arrange(
      subgraph,
      indexes.map((index) => ({
        id: idOf(index),
        title: index % 2 === 0 ? 'Red lamp' : 'Lamp, red lamp',
        price: 1000,
        listedAt: `2026-03-01T12:00:00.00${index % 7}Z`,
      })),
    );
    const page = async (args: Record<string, unknown>) => {
      const { data } = await subgraph.query({
        document: `query Page($sort: ProductSort, $after: String, $before: String, $first: Int, $last: Int) {
        products(filter: { search: "lamp" }, sort: $sort, first: $first, last: $last, after: $after, before: $before) {
          nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
        variables: { sort, ...args },
      });
      return data.products;
    };
    const trade = (index: number) => {
      const pieces = { [idOf(index)]: 1 };
      const order = `order_${index}`;
      switch (fateOf(index)) {
        case 'sold':
          return buy(subgraph, order, pieces);
        case 'back':
          return hold(subgraph, order, pieces).then(() => release(subgraph, order));
        default:
          return Promise.resolve();
      }
    };

    // Trade goes on while the pages are read: a page waits for none of it.
    const trading = (async () => {
      for (const index of indexes) await trade(index);
    })();
    const met: string[] = [];
    for (let after: string | null = null; ; ) {
      const { nodes, pageInfo }: Data = await page({ first: 3, after });
      met.push(...nodes.map(({ id }: { id: string }) => id));
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
    await trading;

    expect(new Set(met).size).toBe(met.length);
    const alone = indexes.filter((index) => fateOf(index) === 'alone').map(idOf);
    expect(met).toEqual(expect.arrayContaining(alone));
    const left = (await page({ first: 100 })).nodes.map(({ id }: { id: string }) => id);
    expect(left).toHaveLength((COUNT * 2) / 3);
    const inOrder = met.filter((id) => left.includes(id));
    expect(inOrder).toEqual(left.filter((id: string) => met.includes(id)));

    // Backward from where a sold item stood: its cursor is a place, not an item.
    const { pageInfo } = await page({ last: 5 });
    await subgraph.pool.query(
      "UPDATE products SET availability = 'WITHDRAWN', quantity_available = 0 WHERE id = $1",
      [left.at(-5)],
    );
    const back = await page({ last: 5, before: pageInfo.startCursor });
    expect(back.nodes.map(({ id }: { id: string }) => id)).toEqual(left.slice(-10, -5));
  },
);
