import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startSmallFederation } from '../kit/federation.ts';
import { postGraphql } from '../kit/http.ts';
import { startProcess } from '../kit/processes.ts';

/** Answers when it is told to. */
const slowSubgraph = () => {
  let asked = () => {};
  const wasAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  let answer = () => {};
  const mayAnswer = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const now = async () => {
    asked();
    await mayAnswer;
    return 'late';
  };
  return {
    subgraph: { sdl: 'type Query { now: String }', resolvers: { Query: { now } } },
    wasAsked,
    answer,
  };
};

test('with a supergraph alone it serves, and on SIGTERM finishes what it began and exits 0', async () => {
  const { subgraph, wasAsked, answer } = slowSubgraph();
  await using federation = await startSmallFederation({ clock: subgraph });
  await using router = await startProcess('router/main.js', {
    SUPERGRAPH: federation.supergraph,
    PORT: '0',
    HOST: '127.0.0.1',
  });
  const answered = postGraphql(`${router.url}/graphql`, '{"query":"{ now }"}');
  await wasAsked;

  const stopped = router.stop();
  await pause(100);
  expect(router.child.exitCode).toBeNull();
  answer();
  expect((await answered).data).toEqual({ now: 'late' });
  expect(await stopped).toBe(0);
});

test.each([
  [
    'no supergraph',
    { SUPERGRAPH: 'nowhere.graphql' },
    'SUPERGRAPH: nowhere.graphql cannot be read',
  ],
  ['a port that is none', { PORT: 'http' }, 'PORT: '],
  [
    'a development secret in production',
    {
      NODE_ENV: 'production',
      SIGNING_SECRET: 'development-0123456789abcdef0123456789abcdef',
    },
    'SIGNING_SECRET was made for development',
  ],
  [
    'a development identity in production',
    {
      NODE_ENV: 'production',
      DEVELOPMENT_IDENTITY: 'on',
    },
    'DEVELOPMENT_IDENTITY: on lets anyone be anyone',
  ],
])('%s ends the start with one line that says so', async (_what, environment, line) => {
  const start = startProcess('router/main.js', environment);
  await expect(start).rejects.toThrow(line);
});
