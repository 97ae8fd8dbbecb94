import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { issueServiceToken, type ServiceName } from '../../../contract/service-token.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import type { SmallSubgraph } from '../../kit/federation.ts';
import { startRouted } from '../../kit/routed.ts';
import { startTestRouter } from '../../kit/router.ts';
import { TEST_SECRET } from '../../kit/secret.ts';

const shop: SmallSubgraph = {
  sdl: `
    type Query { open: Int hidden: Hidden @tag(name: "internal") }
    type Mutation {
      hold(input: HoldInput!): Hidden @tag(name: "internal") @requiresScopes(scopes: [["catalog:holds"]])
      touch: Int
    }
    input HoldInput @tag(name: "internal") { id: ID! }
    type Hidden @tag(name: "internal") { id: ID! }`,
  resolvers: {
    Query: { open: () => 1, hidden: () => ({ id: 'h' }) },
    Mutation: { hold: (_: unknown, { input }: { input: object }) => input, touch: () => 1 },
  },
};

const HOLD = 'mutation Hold($id: ID!) { hold(input: { id: $id }) { ...part } }';
const PART = 'fragment part on Hidden { id }';
const SEE = 'query See { hidden { id } }';

/** A shop whose services have registered operations. */
const startShop = () =>
  withCleanup(async ({ use, defer }) => {
    const serviceOperations = mkdtempSync(path.join(tmpdir(), 'emporium-operations-'));
    defer(async () => rmSync(serviceOperations, { recursive: true }));
    for (const [file, text] of [
      ['cart/holds/hold.graphql', HOLD],
      ['cart/part.graphql', PART],
      ['cart/see.graphql', SEE],
      ['media/hold.graphql', `${HOLD} ${PART}`],
    ] as const) {
      const target = path.join(serviceOperations, file);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
    }
    const routed = use(await startRouted({ shop }, { serviceOperations }));
    const ask = (service: ServiceName, query: string) =>
      routed.router.query(query, {
        variables: { id: '7' },
        authorization: `Service ${issueServiceToken(TEST_SECRET, service)}`,
      });
    return { ...routed, ask };
  });

test('introspection and validation know nothing of it', async () => {
  await using routed = await startShop();
  const { data } = await routed.router.query(
    '{ __schema { types { name fields { name } inputFields { name } } } }',
  );
  const told = JSON.stringify(data);
  expect(told).toMatch(/"touch"/);
  expect(told).not.toMatch(/hold|hidden/i);
  for (const query of [SEE, `${HOLD} ${PART}`, '{ open ... on Hidden { id } }']) {
    const { errors } = await routed.router.query(query, { variables: { id: '7' } });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect(errors?.[0]?.message).not.toMatch(/did you mean/i);
  }
  expect(routed.federation.asked('shop')).toEqual([]);
});

test('a service asks what it has registered, however that is written', async () => {
  await using routed = await startShop();
  const written = `# another order\n${PART}\n${HOLD.replaceAll(' ', '  ')}`;
  expect((await routed.ask('cart', written)).data).toEqual({ hold: { id: '7' } });
  expect((await routed.ask('cart', SEE)).data).toEqual({ hidden: { id: 'h' } });
});

test('what is not registered, or by another service, is refused; also when it was prepared', async () => {
  await using routed = await startShop();
  await routed.ask('cart', SEE);
  for (const [service, query] of [
    ['cart', '{ open }'],
    ['cart', SEE.replace('See', 'Other')],
    ['media', SEE],
    ['catalog', SEE],
  ] as const) {
    expect(await routed.ask(service, query)).toMatchObject({
      status: 403,
      errors: [{ extensions: { code: 'OPERATION_NOT_REGISTERED' } }],
    });
  }
  expect((await routed.router.query(`service cart\n${SEE}`)).errors).toBeDefined();
});

test('registered or not, a service needs the scope', async () => {
  await using routed = await startShop();
  const { data, errors } = await routed.ask('media', `${HOLD} ${PART}`);
  expect(data).toEqual({ hold: null });
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }]);
});

test('what clients see must not refer to what they do not', async () => {
  const leaking = {
    sdl: 'type Query { seen: Hidden } type Hidden @tag(name: "internal") { id: ID }',
  };
  await expect(startRouted({ leaking })).rejects.toThrow(/Hidden.*seen/);
});

test('a wrong file of operations stops the start in one line that says where', async () => {
  await using routed = await startShop();
  const { supergraph } = routed.federation;
  const folder = mkdtempSync(path.join(tmpdir(), 'emporium-operations-'));
  try {
    mkdirSync(path.join(folder, 'cart'));
    writeFileSync(path.join(folder, 'cart', 'bad.graphql'), 'query {\n');
    await expect(startTestRouter({ supergraph, serviceOperations: folder })).rejects.toThrow(
      /^SERVICE_OPERATIONS: .*bad\.graphql:2:1: .+$/,
    );
    mkdirSync(path.join(folder, 'nobody'));
    rmSync(path.join(folder, 'cart'), { recursive: true });
    await expect(startTestRouter({ supergraph, serviceOperations: folder })).rejects.toThrow(
      /nobody, which is no service/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('where tags are included, clients see what carries one and nothing else', async () => {
  await using routed = await startRouted(
    { shop: { ...shop, sdl: shop.sdl.replace('open: Int', 'open: Int @tag(name: "public")') } },
    { contract: { include: ['public'], exclude: ['internal'] } },
  );
  const { data } = await routed.router.query(
    '{ open __schema { types { name fields { name } } } }',
  );
  expect(data).toMatchObject({ open: 1 });
  expect(JSON.stringify(data)).not.toMatch(/touch|hold|hidden/i);
});
