import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { catalog } from '../../../subgraphs/catalog/server.ts';
import { users } from '../../../subgraphs/users/server.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { startTestRouter } from '../../kit/router.ts';
import { startTestSubgraph } from '../../kit/subgraph.ts';
import { startWatched } from './arrange.ts';
import { type SentSpan, startCollector } from './collector.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const CLIENT_SPAN = 'b7ad6b7169203331';

const QUERY = `query Shelf($search: String) {
  products(first: 3, filter: { search: $search, sellerId: "user_1" }) { nodes { title seller { displayName } } }
}`;

/** What a market of two services, which are stopped at once, has sent of what it was asked. */
const traced = async (body: object, headers: Readonly<Record<string, string>>) => {
  await using collector = await startCollector();
  const endpoint = { tracesEndpoint: collector.url };
  {
    await using market = await withCleanup(async ({ use }) => {
      const options = { seeded: true, ...endpoint };
      const one = use(await startTestSubgraph(catalog, { database: 'catalog', ...options }));
      const other = use(await startTestSubgraph(users, { database: 'users', ...options }));
      return use(
        await startTestRouter({
          ...endpoint,
          routingUrls: { catalog: [`${one.url}/graphql`], users: [`${other.url}/graphql`] },
        }),
      );
    });
    const response = await request(`${market.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(await response.body.json()).not.toHaveProperty('errors');
  }
  return collector.spans;
};

test('router, subgraphs and their statements are one trace, which the client began', async () => {
  const spans = await traced(
    { query: QUERY, variables: { search: 'camera' } },
    { traceparent: `00-${TRACE}-${CLIENT_SPAN}-01`, cookie: 'sid=s3cret' },
  );
  expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([TRACE]));
  const childrenOf = (parent: string) => spans.filter((span) => span.parentSpanId === parent);
  const [asked, ...others] = childrenOf(CLIENT_SPAN);
  expect(others).toEqual([]);
  expect(asked).toMatchObject({ service: 'router', name: 'query' });
  expect(asked?.attributes).toMatchObject({
    'graphql.operation.name': 'Shelf',
    'graphql.operation.type': 'query',
    'emporium.outcome': 'answered',
  });
  const within = childrenOf(asked?.spanId ?? '');
  const names = within.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['receive', 'prepare', 'execute']));
  expect(names.filter((name) => name.endsWith(' query')).sort()).toEqual([
    'catalog query',
    'users query',
  ]);
  for (const service of ['catalog', 'users']) {
    const call = within.find(({ name }) => name === `${service} query`);
    const answered = childrenOf(call?.spanId ?? '');
    expect(answered).toMatchObject([{ service, name: 'GraphQL Operation' }]);
    const statements = childrenOf(answered[0]?.spanId ?? '');
    expect(statements.length).toBeGreaterThan(0);
    for (const { name } of statements) expect(name).toMatch(/^(SELECT|WITH)/);
  }
  expect(JSON.stringify(spans)).not.toMatch(/camera|user_1|s3cret/);
});

test('what a subgraph fails in is an error in its span alone', async () => {
  await using collector = await startCollector();
  {
    await using watched = await startWatched({ tracesEndpoint: collector.url });
    await watched.federation.subgraphs.people.goDown();
    await watched.router.query('query Items { items { title seller { name } } }');
  }
  const failed = collector.spans.filter(({ isError }) => isError);
  expect(failed.map(({ name }: SentSpan) => name)).toEqual(['people query']);
  expect(failed[0]?.attributes).toMatchObject({ 'error.type': 'SUBGRAPH_UNAVAILABLE' });
});

test('of requests that bring no trace along, only a share is traced', async () => {
  await using collector = await startCollector();
  {
    await using watched = await startWatched({ tracesEndpoint: collector.url, tracesShare: 0 });
    await watched.router.query('{ items { title } }');
    expect(watched.federation.requests[0]?.headers).toMatchObject({
      // Its last digits say that it is not recorded.
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/),
    });
  }
  expect(collector.spans).toEqual([]);
});

test('a router that traces nothing has not loaded what does', async () => {
  const loads = async (settings: object): Promise<boolean> => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { createRequire } from 'node:module';
       import { openTracing } from '${path.resolve('dist/process/open-tracing.js')}';
       await openTracing('router', ${JSON.stringify(settings)});
       const loaded = Object.keys(createRequire('${path.resolve('package.json')}').cache);
       console.log(loaded.some((file) => file.includes('opentelemetry')));
       process.exit();`,
    ]);
    return stdout.trim() === 'true';
  };
  expect(await loads({ tracesEndpoint: null, tracesShare: 1 })).toBe(false);
  expect(await loads({ tracesEndpoint: 'http://127.0.0.1:9', tracesShare: 1 })).toBe(true);
});
