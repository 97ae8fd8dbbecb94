import { expect, test } from 'vitest';
import { startSmallFederation } from '../../kit/federation.ts';
import { createLogLines } from '../../kit/log-lines.ts';
import { startTestRouter } from '../../kit/router.ts';
import { numbers, REFUSED, SERVED } from './arrange.ts';

const CONNECTORS = '@link(url: "https://specs.apollo.dev/connect/v0.1", for: EXECUTION)';

test.each<[string, (good: string) => string]>([
  ['empty', () => ''],
  ['half written', (good) => good.slice(0, good.length / 2)],
  ['no GraphQL', () => '<html>502</html>'],
  ['no supergraph', () => 'type Query { two: Int }'],
  ['of what the router does not know', (good) => good.replace(/^schema$/m, `schema ${CONNECTORS}`)],
])('a file that is %s is not served, and the log says why', async (_what, write) => {
  const { log, lines, until } = createLogLines();
  await using federation = await startSmallFederation({ one: numbers({ one: 1 }) });
  const { supergraph } = federation;
  await using router = await startTestRouter({ supergraph, watchSupergraph: true }, { log });
  await federation.write(write(federation.sdl()));
  const { err } = await until(REFUSED);
  expect(err).toMatch(/^It (?:is not a supergraph|uses what this router).+$/);
  expect((await router.query('{ one }')).data).toEqual({ one: 1 });

  const served = until(SERVED, lines.length);
  await federation.write(federation.compose({ one: numbers({ one: 3 }) }).concat('# good again'));
  await served;
  expect((await router.query('{ one }')).data).toEqual({ one: 3 });
});
