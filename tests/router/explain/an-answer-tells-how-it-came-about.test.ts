import { OperationTypeNode, parse, print } from 'graphql';
import { request } from 'undici';
import { expect, test } from 'vitest';
import type { FetchNode } from '../../../router/execution/plan.ts';
import type { ExplainedFetch } from '../../../router/explain/explanation.ts';
import { plannedFetches } from '../../../router/explain/waits.ts';
import type { Data } from '../../kit/http.ts';
import { startTestRouter } from '../../kit/router.ts';
import { startShop } from './shop.ts';

const QUERY = '{ items { left seller { city { country } } } }';

const ask = async (url: string, query: string): Promise<Data> => {
  const { body } = await request(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'emporium-explain': 'on' },
    body: JSON.stringify({ query }),
  });
  return body.json();
};

test('each fetch says what it asked of whom, for how many, and what it had to wait for', async () => {
  await using shop = await startShop();
  await using router = await startTestRouter({ supergraph: shop.supergraph });
  const { data, extensions } = await ask(router.url, QUERY);
  expect(data.items).toHaveLength(3);
  const { fetches, plan } = extensions.explain;
  expect(plan).toBe('made');
  const bySubgraph = new Map<string, ExplainedFetch>(
    fetches.map((each: ExplainedFetch) => [each.subgraph, each]),
  );
  expect(bySubgraph.size).toBe(4);
  const numberOf = (subgraph: string) => bySubgraph.get(subgraph)?.number;
  expect(bySubgraph.get('goods')).toMatchObject({
    number: 0,
    path: '',
    entities: null,
    waitedFor: [],
    outcome: 'answered',
    source: 'subgraph',
    attempts: 1,
  });
  expect(bySubgraph.get('stock')).toMatchObject({ path: 'items.@', entities: 3, waitedFor: [0] });
  expect(bySubgraph.get('people')).toMatchObject({
    path: 'items.@.seller',
    // Two of the items have one seller.
    entities: 2,
    waitedFor: [0],
  });
  expect(bySubgraph.get('cities')).toMatchObject({
    path: 'items.@.seller.city',
    entities: 1,
    waitedFor: [numberOf('people')],
  });
  for (const name of bySubgraph.keys()) {
    const asked = shop.asked(name).map(({ query }) => print(parse(query)));
    expect(asked).toEqual([bySubgraph.get(name)?.document]);
  }
});

test('stages and fetches follow one another, and the plan is kept for the next', async () => {
  await using shop = await startShop();
  await using router = await startTestRouter({ supergraph: shop.supergraph });
  await ask(router.url, QUERY);
  const { ms, stages, fetches, plan, criticalPath } = (await ask(router.url, QUERY)).extensions
    .explain;
  expect(plan).toBe('kept');
  const names = stages.map(({ stage }: { stage: string }) => stage);
  expect([names[0], names.at(-1)]).toEqual(['receive', 'execute']);
  expect(names).toContain('prepare');
  for (const [index, { startMs }] of stages.entries()) {
    const before = stages[index - 1] ?? { startMs: 0, ms: 0 };
    expect(startMs).toBeCloseTo(before.startMs + before.ms, 2);
  }
  const ends = fetches.map((each: ExplainedFetch) => each.startMs + each.ms);
  for (const { startMs, waitedFor } of fetches) {
    for (const number of waitedFor) expect(startMs).toBeGreaterThanOrEqual(ends[number] - 0.01);
  }
  expect(Math.max(...ends)).toBeLessThanOrEqual(ms);
  // It begins with what waits for nothing, and ends with what ended last.
  expect(criticalPath[0]).toBe(0);
  expect(ends[criticalPath.at(-1)]).toBe(Math.max(...ends));
});

test('a subgraph that fails says how, and how often it was tried', async () => {
  await using shop = await startShop();
  await using router = await startTestRouter({ supergraph: shop.supergraph, subgraphRetries: 1 });
  await shop.subgraphs.stock.goDown();
  const { errors, extensions } = await ask(router.url, QUERY);
  expect(errors.length).toBeGreaterThan(0);
  const stock = extensions.explain.fetches.find(
    ({ subgraph }: ExplainedFetch) => subgraph === 'stock',
  );
  expect(stock).toMatchObject({ outcome: 'SUBGRAPH_UNAVAILABLE', attempts: 2, characters: null });
});

test('nothing is explained where the router shows nobody its schema', async () => {
  await using shop = await startShop();
  await using router = await startTestRouter({ supergraph: shop.supergraph, explorer: false });
  expect(await ask(router.url, '{ items { left } }')).not.toHaveProperty('extensions');
  const page = await request(`${router.url}/explain/`);
  expect(page.statusCode).toBe(404);
});

/** A fetch of a plan from `serviceName`. */
const fetch = (serviceName: string, id?: string) =>
  ({
    kind: 'Fetch',
    serviceName,
    operation: '{ a }',
    operationKind: OperationTypeNode.QUERY,
    operationName: undefined,
    variableUsages: [],
    ...(id !== undefined && { id }),
  }) satisfies FetchNode;

test.each<[string, Parameters<typeof plannedFetches>[0]['node'], Record<string, string[]>]>([
  ['one', fetch('a'), { a: [] }],
  [
    'a sequence waits for the one before',
    { kind: 'Sequence', nodes: [fetch('a'), fetch('b'), fetch('c')] },
    { a: [], b: ['a'], c: ['b'] },
  ],
  [
    'what comes after a parallel step waits for all of it',
    {
      kind: 'Sequence',
      nodes: [
        fetch('a'),
        {
          kind: 'Parallel',
          nodes: [{ kind: 'Sequence', nodes: [fetch('b'), fetch('c')] }, fetch('d')],
        },
        fetch('e'),
      ],
    },
    { a: [], b: ['a'], c: ['b'], d: ['a'], e: ['c', 'd'] },
  ],
  [
    'where a condition may leave out a step, what comes after waits for what was before it too',
    {
      kind: 'Sequence',
      nodes: [fetch('a'), { kind: 'Condition', condition: 'c', ifClause: fetch('b') }, fetch('d')],
    },
    { a: [], b: ['a'], d: ['b', 'a'] },
  ],
  [
    'a deferred part waits for what it depends on',
    {
      kind: 'Defer',
      primary: { node: { kind: 'Sequence', nodes: [fetch('a', '0'), fetch('b')] } },
      deferred: [{ depends: [{ id: '0' }], queryPath: [], node: fetch('c') }],
    },
    { a: [], b: ['a'], c: ['a'] },
  ],
])('fetches wait for what the plan says: %s', (_name, node, waits) => {
  const planned = plannedFetches({ kind: 'QueryPlan', ...(node !== undefined && { node }) });
  const found = planned.map(({ subgraph, waitsFor }) => [
    subgraph,
    waitsFor.map((place) => planned[place]?.subgraph),
  ]);
  expect(Object.fromEntries(found)).toEqual(waits);
});
