import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange, CATEGORY_TREE } from './arrange.ts';

let subgraph: TestSubgraph;

const SELLERS = 40;

beforeAll(async () => {
  subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  const items = Array.from({ length: 3 * SELLERS }, (_, index) => ({
    id: `product_${String(index).padStart(3, '0')}`,
    brand: index % 2 === 0 ? 'Zara' : 'Nike',
    category: ['dresses', 'rangefinders', 'lenses'][index % 3] ?? 'shoes',
    seller: `user_${index % SELLERS}`,
    listedAt: `2026-01-01T00:${String(index % 60).padStart(2, '0')}:00Z`,
  }));
  await arrange(subgraph, items);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const statements = async (
  document: string,
  variables: Record<string, unknown> = {},
): Promise<number> => {
  return subgraph.countStatements(async () => {
    const { errors } = await subgraph.query({ document, variables });
    expect(errors).toBeUndefined();
  }, CATEGORY_TREE);
};

const PRODUCT = `id title description condition brand price { amount } availability
  category { slug parent { slug } children { slug } path { slug } }
  seller { id } attributes { name } listedAt updatedAt quantityAvailable`;

const entities = (selection: string) =>
  `query Entities($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;

const references = (type: string, prefix: string, count: number, digits = 0) => ({
  representations: Array.from({ length: count }, (_, index) => ({
    __typename: type,
    id: `${prefix}${String(index).padStart(digits, '0')}`,
  })),
});

test('a hundred products cost one statement, as one does', async () => {
  const document = entities(`... on Product { ${PRODUCT} }`);
  expect(await statements(document, references('Product', 'product_', 1, 3))).toBe(1);
  expect(await statements(document, references('Product', 'product_', 100, 3))).toBe(1);
});

test('categories cost no statement while the tree is fresh', async () => {
  const document = entities('... on Category { slug path { slug } children { slug } }');
  const variables = {
    representations: ['dresses', 'lenses', 'shoes', 'nothing'].map((slug) => ({
      __typename: 'Category',
      id: `category_${slug}`,
    })),
  };
  expect(await statements(document, variables)).toBe(0);
});

const FACETS = `facets {
  categories { category { slug } count } brands { brand count }
  conditions { condition count } priceRanges { count } }`;

test('the listings of forty sellers cost as many statements as those of one', async () => {
  const document = entities(`... on User {
    newest: listings(first: 2) { nodes { ${PRODUCT} } edges { cursor } pageInfo { endCursor } }
    oldest: listings(last: 1) { nodes { id } totalCount ${FACETS} }
  }`);
  const one = await statements(document, references('User', 'user_', 1));
  // Two stretches, one count, four facets.
  expect(one).toBe(7);
  expect(await statements(document, references('User', 'user_', SELLERS))).toBe(one);
});

test('a page costs one statement, and nothing beside it is read before it is asked for', async () => {
  const list = (selection: string, first = 100) =>
    statements(`{ products(first: ${first}) { ${selection} } }`);
  expect(await list('pageInfo { endCursor }', 1)).toBe(1);
  expect(
    await list(`nodes { ${PRODUCT} } edges { cursor node { id } } pageInfo { endCursor }`),
  ).toBe(1);
  expect(await list('totalCount')).toBe(1);
  expect(await list('facets { brands { brand } }')).toBe(1);
  // A page, a count, and all facets together.
  expect(await list(`nodes { id } totalCount ${FACETS}`)).toBe(3);
  expect(await list('__typename')).toBe(0);
});

test('a search costs one statement more', async () => {
  const search =
    '{ products(first: 100, filter: { search: "somthing old" }) { nodes { id } totalCount } }';
  expect(await statements(search)).toBe(3);
});

test('the listings of each seller are their own, newest first, and paged', async () => {
  const listings = async (page: string) => {
    const { data } = await subgraph.query({
      document: entities(`... on User { id listings(${page}) {
        nodes { id seller { id } } totalCount pageInfo { hasNextPage endCursor }
        facets { brands { brand count } categories { count } } } }`),
      variables: references('User', 'user_', 3),
    });
    return data._entities;
  };
  const [first, second] = await listings('first: 2');
  const ids = (user: { listings: { nodes: { id: string }[] } }) =>
    user.listings.nodes.map(({ id }) => id);
  expect(ids(first)).toEqual(['product_040', 'product_080']);
  expect(ids(second)).toEqual(['product_041', 'product_081']);
  expect(second.listings).toMatchObject({
    totalCount: 3,
    pageInfo: { hasNextPage: true },
    facets: {
      brands: [{ brand: 'Nike', count: 3 }],
      categories: [{ count: 1 }, { count: 1 }, { count: 1 }],
    },
  });
  const [next] = await listings(`first: 2, after: "${first.listings.pageInfo.endCursor}"`);
  expect(ids(next)).toEqual(['product_000']);
});

test('entities come in the order asked, twice where asked twice, null where unknown', async () => {
  const ids = ['product_003', 'product_001', 'product_none', "x'\0", 'product_003'];
  const { data, errors } = await subgraph.query({
    document: entities('... on Product { id }'),
    variables: { representations: ids.map((id) => ({ __typename: 'Product', id })) },
  });
  expect(errors).toBeUndefined();
  const found = data._entities.map((product: { id: string } | null) => product?.id ?? null);
  expect(found).toEqual(['product_003', 'product_001', null, null, 'product_003']);
});

test('the tree is in order, and a category that is new is known to its items at once', async () => {
  const { data } = await subgraph.query({
    document:
      '{ categories { slug parent { slug } children { slug children { slug } } } category(slug: "rangefinders") { path { slug } } }',
  });
  expect(data.categories).toEqual([
    {
      slug: 'clothing',
      parent: null,
      children: [
        { slug: 'dresses', children: [] },
        { slug: 'shoes', children: [] },
      ],
    },
    {
      slug: 'cameras',
      parent: null,
      children: [
        { slug: 'film-cameras', children: [{ slug: 'rangefinders' }] },
        { slug: 'lenses', children: [] },
      ],
    },
  ]);
  expect(data.category.path.map(({ slug }: { slug: string }) => slug)).toEqual([
    'cameras',
    'film-cameras',
    'rangefinders',
  ]);

  await subgraph.pool.query(
    `INSERT INTO categories VALUES ('category_hats', 'hats', 'Hats', 'category_clothing', 9);
     UPDATE products SET category_id = 'category_hats' WHERE id = 'product_119'`,
  );
  const after = await subgraph.query({
    document: '{ product(id: "product_119") { category { slug } } }',
  });
  expect(after).toMatchObject({
    data: { product: { category: { slug: 'hats' } } },
    errors: undefined,
  });
});
