import { request } from 'undici';
import { expect, test } from 'vitest';
import { startSmallFederation } from '../../kit/federation.ts';
import { postGraphql } from '../../kit/http.ts';
import { startProcess } from '../../kit/processes.ts';
import { quietPort } from '../../kit/quiet-port.ts';

const REQUESTS = 20;

test('the metrics of all workers are added up, and served by their primary', async () => {
  await using federation = await startSmallFederation({
    one: { sdl: 'type Query { one: Int }', resolvers: { Query: { one: () => 1 } } },
  });
  const port = await quietPort();
  await using router = await startProcess('router/main.js', {
    SUPERGRAPH: federation.supergraph,
    ROUTER_WORKERS: '2',
    PORT: '0',
    METRICS_PORT: String(port),
  });
  for (let asked = 0; asked < REQUESTS; asked += 1) {
    // A connection each, so that both workers have some.
    await postGraphql(`${router.url}/graphql`, '{"query":"{ one }"}', { connection: 'close' });
  }
  const { body } = await request(`http://127.0.0.1:${port}/metrics`);
  expect(await body.text()).toContain(
    `emporium_requests_total{kind="query",outcome="answered"} ${REQUESTS}\n`,
  );
});
