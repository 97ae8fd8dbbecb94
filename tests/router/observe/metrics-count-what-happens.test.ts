import { readFileSync } from 'node:fs';
import { Registry } from 'prom-client';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { watchCapacity } from '../../../router/observe/count-load.ts';
import { tableRows } from '../../docs/readme.ts';
import { openSocket } from '../../kit/socket.ts';
import { breakField, ITEMS, startWatched, type Watched } from './arrange.ts';

/** The value of a sample, such as `emporium_requests_total{kind="query",outcome="answered"}`. */
const sample = async (watched: Watched, name: string): Promise<number | undefined> => {
  const line = (await watched.metrics()).split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
};

test('requests are counted by kind and outcome, and how long they took', async () => {
  await using watched = await startWatched();
  for (const query of [ITEMS, ITEMS, '{ broken }', '{ none }', 'mutation { add }']) {
    await watched.router.query(query);
  }
  await request(`${watched.router.url}/none`);
  for (const [kind, outcome, count] of [
    ['query', 'answered', 2],
    ['query', 'partial', 1],
    ['mutation', 'answered', 1],
    ['none', 'GRAPHQL_VALIDATION_FAILED', 1],
    ['none', 'NOT_FOUND', 1],
  ]) {
    const name = `emporium_requests_total{kind="${kind}",outcome="${outcome}"}`;
    expect(await sample(watched, name), name).toBe(count);
  }
  const duration = 'emporium_request_duration_seconds';
  expect(await sample(watched, `${duration}_count{kind="query"}`)).toBe(3);
  const lookups = 'emporium_operation_cache_requests_total';
  expect(await sample(watched, `${lookups}{result="hit"}`)).toBe(1);
  expect(await sample(watched, `${lookups}{result="miss"}`)).toBe(3);
  expect(await sample(watched, 'emporium_planning_duration_seconds_count')).toBe(3);
  expect(await sample(watched, 'emporium_operation_cache_operations')).toBe(3);
});

test('calls of subgraphs are counted by what came of them, with their replicas', async () => {
  await using watched = await startWatched({ subgraphRetries: 1 });
  await watched.router.query(ITEMS);
  await watched.federation.subgraphs.people.goDown();
  await watched.router.query(ITEMS);
  const calls = (subgraph: string, outcome: string) =>
    `emporium_subgraph_calls_total{subgraph="${subgraph}",outcome="${outcome}",source="subgraph"}`;
  expect(await sample(watched, calls('goods', 'answered'))).toBe(2);
  expect(await sample(watched, calls('people', 'answered'))).toBe(1);
  expect(await sample(watched, calls('people', 'SUBGRAPH_UNAVAILABLE'))).toBe(1);
  const of = (name: string, labels: string) =>
    sample(watched, `emporium_subgraph_${name}{${labels}}`);
  expect(await of('duration_seconds_count', 'subgraph="goods"')).toBe(2);
  expect(await of('calls_in_flight', 'subgraph="goods"')).toBe(0);
  expect(await of('retries_total', 'subgraph="people"')).toBe(1);
  expect(await of('replicas', 'subgraph="goods",state="up"')).toBe(1);
  expect(await of('characters_total', 'subgraph="goods"')).toBeGreaterThan(0);
});

test('fields that are not asked for any more are named', async () => {
  await using watched = await startWatched();
  await breakField(watched);
  const broken =
    'emporium_subgraph_broken_fields{subgraph="goods",field="Query.broken",state="open"}';
  expect(await sample(watched, broken)).toBe(1);
});

test('what passes a limit is counted by the name of its setting', async () => {
  await using watched = await startWatched({ maxBodyBytes: 2_000, maxRequestsInFlight: 100 });
  const aliases = Array.from({ length: 101 }, (_, index) => `a${index}: __typename`);
  await watched.router.query(`{ ${aliases.join(' ')} }`);
  await watched.router.query(`{ items(search: "${'x'.repeat(2_000)}") { title } }`);
  const limits = 'emporium_limit_refusals_total';
  expect(await sample(watched, `${limits}{limit="MAX_ALIASES"}`)).toBe(1);
  expect(await sample(watched, `${limits}{limit="MAX_BODY_BYTES"}`)).toBe(1);
  expect(await sample(watched, 'emporium_requests_in_flight')).toBe(0);
  expect(await sample(watched, 'emporium_requests_in_flight_limit')).toBeGreaterThan(0);
});

test('replicas that are needed are told as they are known', async () => {
  const registry = new Registry();
  let needed = 1;
  watchCapacity(registry, () => new Map([['media', needed]]));
  needed = 3;
  expect(await registry.metrics()).toContain(
    'emporium_subgraph_replicas_needed{subgraph="media"} 3',
  );
});

test('live subscriptions and open WebSockets are counted as they come and go', async () => {
  await using watched = await startWatched();
  await using parts = await watched.router.subscribe('subscription { told }');
  await parts.rest();
  await watched.until('subscription ended');
  expect(await sample(watched, 'emporium_subscriptions_live')).toBe(0);
  expect(await sample(watched, 'emporium_subscription_events_total')).toBe(3);
  const socket = await openSocket(`${watched.router.url.replace('http', 'ws')}/graphql`);
  await socket.init();
  expect(await sample(watched, 'emporium_websockets_open')).toBe(1);
  await socket[Symbol.asyncDispose]();
  await expect.poll(() => sample(watched, 'emporium_websockets_open')).toBe(0);
});

test('no label holds what a client has chosen', async () => {
  await using watched = await startWatched();
  await watched.router.query('query ChosenName { chosenAlias: items { title } }');
  await watched.router.query('query ChosenName { chosenField }');
  expect(await watched.metrics()).not.toMatch(/chosen/i);
});

test('metrics are served on a port of their own, and not by the router', async () => {
  await using watched = await startWatched();
  const { statusCode, body } = await request(`${watched.router.url}/metrics`);
  await body.dump();
  expect(statusCode).toBe(404);
  expect(await watched.metrics()).toContain('nodejs_eventloop_lag');

  await using without = await startWatched({ metrics: null });
  expect(without.router.metricsUrl).toBeNull();
});

/** The labels of a metric's samples, as the documentation lists them; undefined where it has no sample yet. */
const labelsOf = (text: string, name: string): string | undefined => {
  const sampled = new RegExp(`^${name}(?:_bucket)?(?:\\{(.*?)\\})? `, 'm').exec(text);
  if (sampled === null) return undefined;
  return [...(sampled[1] ?? '').matchAll(/(\w+)="/g)]
    .map(([, label]) => label)
    .filter((label) => label !== 'le')
    .map((label) => `\`${label}\``)
    .join(', ');
};

test('docs/metrics.md lists every metric of the router, its labels and what it says', async () => {
  const listed = new Map(
    tableRows(readFileSync('docs/metrics.md', 'utf8'))
      .filter(([name]) => name?.startsWith('`'))
      .map(([name, ...cells]) => [name, cells]),
  );
  await using watched = await startWatched({ countsUsage: true });
  await watched.router.query(ITEMS);
  await breakField(watched);
  const text = await watched.metrics();
  const told = [...text.matchAll(/^# HELP (emporium_\w+) (.+)\n# TYPE \w+ (\w+)$/gm)].map(
    ([, name = '', help, type]) => {
      const row = `\`${name}\``;
      return [row, [type, labelsOf(text, name) ?? listed.get(row)?.[1], help]] as const;
    },
  );
  expect(listed).toEqual(new Map(told));
});
