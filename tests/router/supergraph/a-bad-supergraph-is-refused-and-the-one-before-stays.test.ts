import { expect, test } from 'vitest';
import { startSmallFederation } from '../../kit/federation.ts';
import { createLogLines } from '../../kit/log-lines.ts';
import { startTestRouter } from '../../kit/router.ts';
import { numbers, REFUSED, SERVED } from './arrange.ts';

const guarded = { ...numbers({ one: 1 }), sdl: 'type Query { one: Int @authenticated }' };

test.each<[string, (good: string, composed: () => string) => string]>([
  ['empty', () => ''],
  ['half written', (good) => good.slice(0, good.length / 2)],
  ['no GraphQL', () => '<html>502</html>'],
  ['no supergraph', () => 'type Query { two: Int }'],
  ['composed of what the router does not enforce', (_good, composed) => composed()],
])('a file that is %s is not served, and the log says why', async (_what, write) => {
  const { log, lines, until } = createLogLines();
  await using federation = await startSmallFederation({ one: numbers({ one: 1 }) });
  const { supergraph } = federation;
  await using router = await startTestRouter({ supergraph, watchSupergraph: true }, { log });
  const bad = write(federation.sdl(), () => federation.compose({ one: guarded }));
  await federation.write(bad);
  const { err } = await until(REFUSED);
  expect(err).toMatch(/^It (?:is not a supergraph|uses @authenticated).+$/);
  expect((await router.query('{ one }')).data).toEqual({ one: 1 });

  const served = until(SERVED, lines.length);
  await federation.write(federation.compose({ one: numbers({ one: 3 }) }).concat('# good again'));
  await served;
  expect((await router.query('{ one }')).data).toEqual({ one: 3 });
});
