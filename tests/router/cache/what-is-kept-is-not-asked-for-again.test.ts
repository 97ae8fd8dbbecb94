import { expect, test } from 'vitest';
import { createGate } from '../../kit/gate.ts';
import { anew, keeping, startKeeping } from './arrange.ts';

const goods = () => ({
  shop: keeping(
    `
    type Query {
      item(id: ID!): Item @cacheControl(maxAge: 600) @cacheTag(format: "item-{$args.id}")
      items(ids: [ID!]!): [Item]
    }
    type Item @key(fields: "id") { id: ID! @cacheControl(maxAge: 600) }`,
    {
      Query: {
        item: (_: unknown, { id }: { id: string }) => ({ id }),
        items: (_: unknown, { ids }: { ids: readonly string[] }) => ids.map((id) => ({ id })),
      },
    },
  ),
  details: keeping(
    `
    type Item @key(fields: "id") @cacheControl(maxAge: 600) @cacheTag(format: "item-{$key.id}") {
      id: ID!
      title: String
      stock: Int @cacheControl(maxAge: 0)
      note: String @cacheControl(maxAge: 600, scope: PRIVATE)
    }
    type Mutation { rename(id: ID!): Item }`,
    {
      Mutation: { rename: (_: unknown, { id }: { id: string }) => ({ id }) },
      Item: {
        __resolveReference: ({ id }: { id: string }) => (id === 'none' ? null : { id }),
        title: ({ id }: { id: string }) => {
          if (id === 'broken') throw new Error('it is broken');
          return `${id} ${anew()}`;
        },
        stock: () => 7,
        note: anew,
      },
    },
  ),
});

const TITLES = 'query ($ids: [ID!]!) { items(ids: $ids) { id title } }';

test('an entity is kept by itself, and only those are asked for that are not kept', async () => {
  await using shop = await startKeeping(goods());
  const first = await shop.router.query(TITLES, { variables: { ids: ['a', 'b'] } });
  const second = await shop.router.query(TITLES, { variables: { ids: ['c', 'b', 'a', 'b'] } });
  const [a, b] = Object(first.data).items;
  expect(Object(second.data).items).toEqual([expect.objectContaining({ id: 'c' }), b, a, b]);
  const representations = shop.federation
    .asked('details')
    .map(({ variables }) => Object(variables).representations.map(({ id }: { id: string }) => id));
  expect(representations).toEqual([['a', 'b'], ['c']]);

  await shop.router.query(TITLES, { variables: { ids: ['a', 'b', 'c'] } });
  expect(shop.asked('details')).toBe(2);
});

test('a root field is kept by its arguments', async () => {
  await using shop = await startKeeping(goods());
  const ask = (id: string) =>
    shop.router.query('query ($id: ID!) { item(id: $id) { id } }', { variables: { id } });
  await ask('a');
  await ask('a');
  expect(await ask('b')).toMatchObject({ data: { item: { id: 'b' } } });
  expect(shop.asked('shop')).toBe(2);
});

test('what no longer holds when it is invalidated is asked for again, and nothing else is', async () => {
  await using shop = await startKeeping(goods());
  const titles = async () =>
    Object((await shop.router.query(TITLES, { variables: { ids: ['a', 'b'] } })).data).items;
  const [a, b] = await titles();
  expect(await shop.invalidate(['item-a'])).toBe(204);
  const [newA, sameB] = await titles();
  expect(newA).not.toEqual(a);
  expect(sameB).toEqual(b);
});

test('what was under way when it was invalidated is not kept', async () => {
  const gate = createGate();
  let price = 1;
  let arrived = 0;
  await using shop = await startKeeping({
    shop: keeping(
      'type Query { price: Int @cacheControl(maxAge: 600) @cacheTag(format: "price") }',
      {
        Query: {
          price: async () => {
            const told = price;
            arrived += 1;
            if (arrived === 1) await gate.passed;
            return told;
          },
        },
      },
    ),
  });
  const before = shop.router.query('{ price }');
  await expect.poll(() => arrived).toBe(1);
  price = 2;
  await shop.invalidate(['price']);
  gate.open();
  expect((await before).data).toEqual({ price: 1 });
  expect((await shop.router.query('{ price }', { user: 'user_1' })).data).toEqual({ price: 2 });
});

test('a field that may not be kept keeps what is fetched with it from being kept', async () => {
  await using shop = await startKeeping(goods());
  const ask = () => shop.router.query('{ items(ids: ["a"]) { title stock } }', { user: 'user_1' });
  await ask();
  await ask();
  expect(shop.asked('details')).toBe(2);
});

test('what is private is kept for its viewer, until they change something', async () => {
  await using shop = await startKeeping(goods());
  const note = async (user?: string) => {
    const { data } = await shop.router.query(
      '{ items(ids: ["a"]) { note } }',
      user === undefined ? {} : { user },
    );
    return Object(data).items[0].note;
  };
  const [one, other, guest] = [await note('user_1'), await note('user_2'), await note()];
  expect(new Set([one, other, guest]).size).toBe(3);
  expect([await note('user_1'), await note('user_2'), await note()]).toEqual([one, other, guest]);

  const renamed = await shop.router.query('mutation { rename(id: "a") { note } }', {
    user: 'user_1',
  });
  expect(Object(renamed.data).rename.note).not.toBe(one);
  expect(await note('user_1')).not.toBe(one);
  expect(await note('user_2')).toBe(other);
});

test('what everyone may see is asked for by nobody in particular, and given to all', async () => {
  await using shop = await startKeeping(goods());
  const title = async (user: string) =>
    (await shop.router.query('{ items(ids: ["a"]) { title } }', { user })).data;
  expect(await title('user_1')).toEqual(await title('user_2'));
  const [asked] = shop.federation.requests.filter(({ subgraph }) => subgraph === 'details');
  const caller = Object(asked?.headers)['emporium-caller'];
  expect(Buffer.from(String(caller), 'base64url').toString()).not.toContain('user_1');
});

test('what is not there, or fails, is asked for again', async () => {
  await using shop = await startKeeping(goods());
  await shop.router.query(TITLES, { variables: { ids: ['a'] } });
  const ask = () => shop.router.query(TITLES, { variables: { ids: ['a', 'none', 'broken'] } });
  const first = await ask();
  expect(first.errors).toMatchObject([{ path: ['items', 2, 'title'] }]);
  expect(await ask()).toMatchObject({ errors: first.errors ?? [] });
  expect(shop.asked('details')).toBe(3);
});

test('only services invalidate', async () => {
  await using shop = await startKeeping(goods());
  const { status } = await fetch(`${shop.router.url}/cache/invalidate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"tags":["item-a"]}',
  });
  expect(status).toBe(401);
  expect(await shop.invalidate(['x'.repeat(201)])).toBe(400);
});
