import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import type { TestSubgraph } from '../kit/subgraph.ts';
import { addEvents, learn, startRecommendations, together, viewerNamed } from './arrange.ts';

const CATALOG: Viewer = { kind: 'service', name: 'catalog', scopes: ['recommendations:facts'] };

const START = Date.parse('2026-03-01T12:00:00.000Z');

interface Told {
  readonly product: string;
  readonly kind?: string;
  readonly eventId?: string;
  readonly buyer?: string;
  readonly isAvailable?: boolean;
  /** Minutes after the first. */
  readonly minute?: number;
  readonly item?: Readonly<Record<string, unknown>>;
}

const factOf = ({
  product,
  kind = 'LISTED',
  eventId = randomUUID(),
  minute = 0,
  ...rest
}: Told) => {
  const at = new Date(START + minute * 60_000).toISOString();
  return {
    eventId,
    kind,
    productId: `product_${product}`,
    buyerId: rest.buyer === undefined ? null : `user_${rest.buyer}`,
    occurredAt: at,
    item: {
      title: `A ${product}`,
      categoryId: 'category_desks',
      price: { minorUnits: 1_000, currencyCode: 'EUR' },
      sellerId: 'user_seller',
      isAvailable: rest.isAvailable ?? true,
      asOf: at,
      ...rest.item,
    },
  };
};

const tell = (subgraph: TestSubgraph, told: readonly Told[], viewer: Viewer = CATALOG) =>
  subgraph.query({
    document: `mutation($facts: [ItemFactInput!]!) { recordFacts(facts: $facts) { recorded } }`,
    variables: { facts: told.map(factOf) },
    viewer,
  });

const recorded = async (subgraph: TestSubgraph, told: readonly Told[]): Promise<number> => {
  const { data, errors } = await tell(subgraph, told);
  expect(errors).toBeUndefined();
  return data.recordFacts.recorded;
};

const SHOWN = '{ product { id } reason { code because { id } } }';

const lineOf = ({ product, reason }: Record<string, Record<string, never>>): string =>
  `${reason?.['code']} ${product?.['id']}`.replace('product_', '');

const related = async (subgraph: TestSubgraph, product: string): Promise<readonly string[]> => {
  const { data } = await subgraph.query({
    document: `query($ids: [_Any!]!) { _entities(representations: $ids) { ... on Product { related(first: 10) ${SHOWN} } } }`,
    variables: { ids: [{ __typename: 'Product', id: `product_${product}` }] },
  });
  return data._entities[0].related.map(lineOf);
};

const list = async (subgraph: TestSubgraph, field: string, viewer?: Viewer) => {
  const { data } = await subgraph.query({
    document: `{ ${field}(first: 10) ${SHOWN} }`,
    ...(viewer !== undefined && { viewer }),
  });
  return data[field].map(lineOf) as readonly string[];
};

const PEOPLE = ['p1', 'p2', 'p3'];
const anna = viewerNamed('anna');

/** Desk, lamp and chair go together, and anna looked at the desk. */
const startRoom = async () => {
  const subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(PEOPLE, 'VIEWED', ['desk', 'lamp', 'chair']),
    ['anna', 'VIEWED', 'desk'],
  ]);
  await learn(subgraph.pool);
  return subgraph;
};

test.each([
  ['SOLD', false],
  ['WITHDRAWN', false],
])(
  'what is %s disappears at once from everywhere, without anything being learnt',
  async (kind, isAvailable) => {
    await using subgraph = await startRoom();
    expect(await related(subgraph, 'desk')).toHaveLength(2);
    await tell(subgraph, [{ product: 'lamp', kind, isAvailable }]);
    expect(await related(subgraph, 'desk')).toEqual(['VIEWED_TOGETHER chair']);
    expect(await list(subgraph, 'trending')).not.toContain('TRENDING lamp');
    expect((await list(subgraph, 'recommendations', anna)).join()).not.toContain('lamp');

    await tell(subgraph, [{ product: 'lamp', kind: 'LISTED', minute: 1 }]);
    expect(await related(subgraph, 'desk')).toHaveLength(2);
  },
);

test('a purchase through the market changes what is related and recommended', async () => {
  await using subgraph = await startRoom();
  const buyers = ['b1', 'b2', 'b3', 'b4'];
  const purchases = buyers.flatMap((buyer) =>
    ['desk', 'shelf'].map((product): Told => ({ product, kind: 'SOLD', buyer })),
  );
  expect(await recorded(subgraph, purchases)).toBe(8);
  await learn(subgraph.pool);
  expect((await related(subgraph, 'desk'))[0]).toBe('BOUGHT_TOGETHER shelf');
  expect((await list(subgraph, 'recommendations', anna))[0]).toBe('BECAUSE_YOU_VIEWED shelf');
  // Who has it needs no second one.
  expect((await list(subgraph, 'recommendations', viewerNamed('b1'))).join()).not.toContain(
    'shelf',
  );
});

test('a fact that is told again counts once, also fifty times at once', async () => {
  await using subgraph = await startRoom();
  const eventId = randomUUID();
  const sale: Told = { product: 'shelf', kind: 'SOLD', buyer: 'b1', eventId };
  const other: Told = { product: 'desk', kind: 'SOLD', buyer: 'b1', eventId: randomUUID() };
  const counts = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      recorded(subgraph, n % 2 === 0 ? [sale, other] : [other, sale]),
    ),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(2);
  const { rows } = await subgraph.pool.query(`SELECT FROM events WHERE kind = 'BOUGHT'`);
  expect(rows).toHaveLength(2);
});

test('what was so before, and arrives late, does not bring back what is sold', async () => {
  await using subgraph = await startRoom();
  await tell(subgraph, [{ product: 'lamp', kind: 'SOLD', isAvailable: false, minute: 5 }]);
  await tell(subgraph, [{ product: 'lamp', kind: 'CHANGED', minute: 2 }]);
  expect(await related(subgraph, 'desk')).toEqual(['VIEWED_TOGETHER chair']);
});

test('an item that nobody knows yet has neighbours, and is one, by what its listing says', async () => {
  await using subgraph = await startRoom();
  const walnut = { item: { title: 'Walnut writing desk' } };
  await tell(subgraph, [
    { product: 'desk', ...walnut },
    { product: 'new', item: { title: 'Small walnut desk' } },
    { product: 'bicycle', item: { title: 'Red bicycle', categoryId: 'category_bikes' } },
  ]);
  await learn(subgraph.pool);
  expect(await related(subgraph, 'new')).toEqual(['SIMILAR desk']);
  expect(await related(subgraph, 'desk')).toEqual([
    'VIEWED_TOGETHER chair',
    'VIEWED_TOGETHER lamp',
    'SIMILAR new',
  ]);
  expect(await list(subgraph, 'recommendations', anna)).toContain('SIMILAR new');
});

test('who looked around in a category gets what is popular there before what is popular', async () => {
  await using subgraph = await startRecommendations();
  await addEvents(subgraph.pool, [
    ...together(['p1', 'p2', 'p3', 'p4'], 'BOUGHT', ['tent']),
    ...together(['q1', 'q2'], 'VIEWED', ['shelf']),
    ['anna', 'VIEWED', 'desk'],
  ]);
  await tell(subgraph, [
    { product: 'tent', item: { title: 'Tent', categoryId: 'category_tents' } },
    { product: 'shelf', item: { title: 'Bookcase' } },
    { product: 'desk', item: { title: 'Table' } },
  ]);
  await learn(subgraph.pool);
  expect(await list(subgraph, 'recommendations', anna)).toEqual([
    'POPULAR_IN_CATEGORY shelf',
    'TRENDING tent',
  ]);
});

test('a seller is not shown what they sell', async () => {
  await using subgraph = await startRoom();
  await tell(subgraph, [{ product: 'lamp', item: { sellerId: 'user_anna' } }]);
  expect((await list(subgraph, 'recommendations', anna)).join()).not.toContain('lamp');
  expect((await related(subgraph, 'desk')).join()).toContain('lamp');
});

test.each([
  { viewer: anna },
  { viewer: { kind: 'guest' } as const },
  { viewer: { kind: 'service', name: 'users', scopes: ['cart:facts'] } as const },
])('only a service that may tells facts, not $viewer.kind', async ({ viewer }) => {
  await using subgraph = await startRoom();
  const { errors } = await tell(subgraph, [{ product: 'lamp' }], viewer);
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});

test.each([
  ['eventId', { product: 'lamp', eventId: 'no uuid' }],
  ['productId', { product: 'LAMP!' }],
  ['buyerId', { product: 'lamp', buyer: 'B!' }],
])('a wrong %s is named, and nothing is kept', async (field, told) => {
  await using subgraph = await startRoom();
  const { errors } = await tell(subgraph, [{ product: 'chair' }, told]);
  expect(errors?.[0]?.message).toContain(`facts.1.${field}`);
  expect((await subgraph.pool.query('SELECT FROM items')).rowCount).toBe(0);
});
