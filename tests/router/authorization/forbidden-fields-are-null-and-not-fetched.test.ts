import { expect, test } from 'vitest';
import { startSmallFederation } from '../../kit/federation.ts';
import { startRouted } from '../../kit/routed.ts';
import { startTestRouter } from '../../kit/router.ts';
import { vault } from './vault.ts';

const forbidden = (...path: (string | number)[]) => ({
  message: 'You may not see this field.',
  path,
  extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' },
});

test('each place of a forbidden field is null with an error of its own, the rest is there', async () => {
  await using routed = await startRouted(vault());
  const { data, errors } = await routed.router.query('{ items { name price: cost } member }');
  expect(data).toEqual({
    items: [
      { name: 'item 1', price: null },
      { name: 'item 2', price: null },
    ],
    member: null,
  });
  expect(errors).toEqual([
    forbidden('items', 0, 'price'),
    forbidden('items', 1, 'price'),
    forbidden('member'),
  ]);
  expect(routed.federation.asked('items')).toHaveLength(1);
  expect(routed.federation.asked('items')[0]?.query).not.toMatch(/cost|member/);
});

test('whoever meets the guard sees it, and the next guest does not', async () => {
  await using routed = await startRouted(vault());
  const query = '{ item { cost owner { phone } } }';
  const asUser = async () => (await routed.router.query(query, { user: 'user_1' })).data;
  const asGuest = async () => (await routed.router.query(query)).data;
  for (const _ of [1, 2]) {
    expect(await asUser()).toEqual({ item: { cost: 1, owner: { phone: 'phone 1' } } });
    expect(await asGuest()).toEqual({ item: { cost: null, owner: { phone: null } } });
  }
});

test('a service that only forbidden fields need is not asked at all', async () => {
  await using routed = await startRouted(vault());
  const { data } = await routed.router.query('{ items { owner { phone } } }');
  expect(data.items).toEqual([{ owner: { phone: null } }, { owner: { phone: null } }]);
  expect(routed.federation.asked('people')).toEqual([]);
  const all = await routed.router.query('{ member }');
  expect(all).toMatchObject({ data: { member: null }, errors: [forbidden('member')] });
  expect(routed.federation.asked('items')).toHaveLength(1);
});

test('null goes up from where there may be none, as everywhere', async () => {
  await using routed = await startRouted(vault());
  const { data, errors } = await routed.router.query('{ item { name margin } }', {
    user: 'user_1',
  });
  expect(data).toEqual({ item: null });
  expect(errors).toEqual([forbidden('item', 'margin')]);
});

test('a guarded type is forbidden wherever a field gives it', async () => {
  await using routed = await startRouted(vault());
  const { data, errors } = await routed.router.query(
    'query ($of: ID!) { report(of: $of) { text } item { name } }',
    { variables: { of: '1' } },
  );
  expect(data).toEqual({ report: null, item: { name: 'item 1' } });
  expect(errors).toEqual([forbidden('report')]);
  const [asked] = routed.federation.asked('items');
  expect(asked?.query).not.toMatch(/report|\$of/);
  expect(asked?.variables ?? {}).toEqual({});
});

test('a guarded type is forbidden where an interface or a union turns out to be it', async () => {
  await using routed = await startRouted(vault());
  // Composition asks of an interface what any of its types asks.
  const things = '{ things { name } }';
  expect((await routed.router.query(things)).data).toEqual({ things: null });
  expect((await routed.router.query(things, { user: 'user_1' })).data).toEqual({
    things: [{ name: 'coin' }, { name: 'map' }],
  });

  const { data, errors } = await routed.router.query(
    '{ finds { __typename ... on Coin { name } ... on Secret { place } } }',
  );
  expect(data).toEqual({
    finds: [
      { __typename: 'Coin', name: 'coin' },
      { __typename: 'Secret', place: null },
    ],
  });
  expect(errors).toEqual([forbidden('finds', 1, 'place')]);
});

test('composed by another composer, an interface asks the same of whoever reads it', async () => {
  await using federation = await startSmallFederation(vault());
  const { supergraph } = federation;
  const unguarded = federation.sdl().replace(/(interface Thing[^{]*?)\s+@authenticated/, '$1');
  expect(unguarded).not.toBe(federation.sdl());
  await federation.write(unguarded);
  await using router = await startTestRouter({ supergraph });
  const { data } = await router.query('{ things { name } }');
  expect(data).toEqual({ things: [{ name: null }, { name: null }] });
  // On a type that is not guarded it may be read.
  const byType = await router.query('{ things { name ... on Coin { name } } }');
  expect(byType.data).toEqual({ things: [{ name: 'coin' }, { name: null }] });
});

test('fragments, conditions and arguments make no way around', async () => {
  await using routed = await startRouted(vault());
  const { data, errors } = await routed.router.query(
    `query ($yes: Boolean!, $by: String) { item { ...part @include(if: $yes) } }
     fragment part on Item { ... on Item { a: noted(by: $by) } b: noted(by: "b") name }`,
    { variables: { yes: true, by: 'a' } },
  );
  expect(data).toEqual({ item: { a: null, b: null, name: 'item 1' } });
  expect(errors).toEqual([forbidden('item', 'a'), forbidden('item', 'b')]);
  expect(routed.federation.asked('items')[0]?.query).not.toMatch(/noted/);
});

test('a forbidden mutation does not run, those beside it do', async () => {
  const ran: string[] = [];
  await using routed = await startRouted(vault(ran));
  const { data, errors } = await routed.router.query('mutation { wipe touch }', {
    user: 'user_1',
  });
  expect(data).toEqual({ wipe: null, touch: 1 });
  expect(errors).toEqual([forbidden('wipe')]);
  expect(ran).toEqual(['touch']);
});

test('in a deferred part the error comes with the part', async () => {
  await using routed = await startRouted(vault());
  const parts = await routed.router.defer('{ item { name ... @defer { noted owner { town } } } }');
  const [first, ...rest] = await parts.rest();
  expect(first).toMatchObject({ data: { item: { name: 'item 1' } } });
  const patches = rest.flatMap(({ incremental = [] }) => incremental);
  expect(patches).toMatchObject([
    {
      data: { noted: null, owner: { town: 'town 1' } },
      path: ['item'],
      errors: [forbidden('item', 'noted')],
    },
  ]);
});

test('a forbidden subscription is refused', async () => {
  await using routed = await startRouted(vault());
  const answer = await routed.router.query('subscription { leaks }');
  expect(answer).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
});

test('a policy holds where the program that runs the router says so', async () => {
  const asked: string[] = [];
  await using routed = await startRouted(
    vault(),
    {},
    {
      decidePolicy: (policy, { viewer }) => {
        asked.push(policy);
        return viewer.kind === 'user' && ['staff', 'late'].includes(policy);
      },
    },
  );
  const query = '{ plan { step } }';
  expect((await routed.router.query(query)).data).toEqual({ plan: { step: null } });
  expect((await routed.router.query(query, { user: 'user_1' })).data).toEqual({
    plan: { step: 3 },
  });
  expect(asked).toEqual(['early', 'staff', 'early', 'staff', 'late']);
});

test('what is allowed is spliced beside what is not', async () => {
  await using routed = await startRouted(vault());
  const text = await routed.router.text('{ items { id name cost } }');
  expect(JSON.parse(text).data.items).toEqual([
    { id: '1', name: 'item 1', cost: null },
    { id: '2', name: 'item 2', cost: null },
  ]);
});
