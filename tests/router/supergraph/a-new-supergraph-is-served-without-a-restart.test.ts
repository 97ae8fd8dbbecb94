import { appendFile, rename, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { startSmallFederation } from '../../kit/federation.ts';
import { postGraphql } from '../../kit/http.ts';
import { createLogLines } from '../../kit/log-lines.ts';
import { startProcess } from '../../kit/processes.ts';
import { startTestRouter } from '../../kit/router.ts';
import { numbers, SERVED } from './arrange.ts';

const BEFORE = { one: numbers({ one: 1 }) };
const AFTER = { one: numbers({ one: 1, two: 2 }) };

test.each<[string, (path: string, text: string) => Promise<void>]>([
  ['written', (path, text) => writeFile(path, text)],
  [
    'written in pieces',
    async (path, text) => {
      await writeFile(path, text.slice(0, 200));
      await appendFile(path, text.slice(200, 900));
      await appendFile(path, text.slice(900));
    },
  ],
  [
    'put in place as a whole',
    async (path, text) => {
      await writeFile(`${path}.new`, text);
      await rename(`${path}.new`, path);
    },
  ],
])('a file that is %s is served when it is there', async (_how, write) => {
  const { log, lines, until } = createLogLines();
  await using federation = await startSmallFederation(BEFORE);
  const { supergraph } = federation;
  await using router = await startTestRouter({ supergraph, watchSupergraph: true }, { log });
  expect((await router.query('{ two }')).errors?.[0]?.extensions?.['code']).toBe(
    'GRAPHQL_VALIDATION_FAILED',
  );
  for (const subgraphs of [AFTER, BEFORE, AFTER]) {
    const served = until(SERVED, lines.length);
    await write(supergraph, federation.compose(subgraphs));
    await served;
  }
  expect((await router.query('{ one two }')).data).toEqual({ one: 1, two: 2 });
});

test('SIGHUP serves it where the file is not watched', async () => {
  await using federation = await startSmallFederation(BEFORE);
  await using router = await startProcess('router/main.js', {
    SUPERGRAPH: federation.supergraph,
    SUPERGRAPH_WATCH: 'off',
    LOG_LEVEL: 'info',
    PORT: '0',
  });
  const ask = (query: string) => postGraphql(`${router.url}/graphql`, JSON.stringify({ query }));
  await federation.write(federation.compose(AFTER));
  expect((await ask('{ two }')).data).toBeUndefined();

  const served = router.printed(SERVED);
  router.child.kill('SIGHUP');
  await served;
  expect((await ask('{ one two }')).data).toEqual({ one: 1, two: 2 });
});
