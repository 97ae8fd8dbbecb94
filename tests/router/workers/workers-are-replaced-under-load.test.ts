import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Agent, request } from 'undici';
import { afterAll, expect, test } from 'vitest';
import { readRouterSettings } from '../../../router/settings.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { openParts } from '../../kit/parts.ts';
import { startProcess, type TestProcess } from '../../kit/processes.ts';
import { createTopic } from '../../kit/topic.ts';

const WORKERS = 2;
const CLIENTS = 8;

const startWorkers = (settings: Readonly<Record<string, string>> = {}) =>
  withCleanup(async ({ use }) => {
    const ticks = createTopic<number>();
    const federation = use(
      await startSmallFederation({
        clock: {
          sdl: 'type Query { now: Int } type Subscription { tick: Int }',
          resolvers: {
            Query: { now: () => 1 },
            Subscription: { tick: { subscribe: ticks.subscribe, resolve: Number } },
          },
        },
      }),
    );
    const router = use(
      await startProcess('router/main.js', {
        LOG_LEVEL: 'info',
        SUPERGRAPH: federation.supergraph,
        ROUTER_WORKERS: String(WORKERS),
        PORT: '0',
        ...settings,
      }),
    );
    return { router, federation, ticks };
  });

const workersOf = ({ child }: TestProcess): readonly number[] =>
  execFileSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);

const QUESTION = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{"query":"{ now }"}',
} as const;

/** Clients that ask again and again: half of them on one connection, half on a new one each time. */
const startClients = (url: string) => {
  let isAsking = true;
  let answered = 0;
  const failures: unknown[] = [];
  const ask = async (_: unknown, index: number): Promise<void> => {
    const dispatcher = new Agent({ connections: 1 });
    const reset = index % 2 === 0;
    while (isAsking) {
      try {
        const { body } = await request(`${url}/graphql`, { ...QUESTION, dispatcher, reset });
        expect(await body.text()).toBe('{"data":{"now":1}}');
        answered += 1;
      } catch (error) {
        failures.push(error);
      }
    }
    await dispatcher.close();
  };
  const asking = Promise.all(Array.from({ length: CLIENTS }, ask));
  return {
    failures,
    /** So many more answers to each, as far as they share them. */
    goOn: async (): Promise<void> => {
      const enough = answered + 20 * CLIENTS;
      await expect.poll(() => answered, { interval: 10, timeout: 60_000 }).toBeGreaterThan(enough);
    },
    end: async (): Promise<void> => {
      isAsking = false;
      await asking;
    },
  };
};

// All on one router, whose start takes the longest of it.
const started = await startWorkers();
afterAll(() => started[Symbol.asyncDispose]());
const { router, federation } = started;

test('a worker that is killed is started again, and nobody but its own clients notices', async () => {
  const clients = startClients(router.url);
  await clients.goOn();
  const [victim = 0] = workersOf(router);
  const again = router.printed('started again');
  process.kill(victim, 'SIGKILL');
  await again;
  await clients.goOn();
  expect(workersOf(router)).toHaveLength(WORKERS);
  expect(workersOf(router)).not.toContain(victim);
  await clients.end();
  // One for each connection that it had at the most.
  expect(clients.failures.length).toBeLessThanOrEqual(CLIENTS);
});

test('what cannot be served keeps the workers that run', async () => {
  const before = workersOf(router);
  await federation.write('no supergraph');
  const refused = router.printed('not replaced; the workers that run stay');
  router.child.kill('SIGHUP');
  await refused;
  expect(workersOf(router)).toEqual(before);
  await federation.write(federation.sdl());
});

test('on SIGHUP each worker is replaced, no request fails, and subscriptions end with word of it', {
  timeout: 120_000,
}, async () => {
  const before = workersOf(router);
  expect(before).toHaveLength(WORKERS);
  await using events = await openParts(
    `${router.url}/graphql`,
    { query: 'subscription { tick }', variables: {} },
    'events',
  );
  const clients = startClients(router.url);
  await clients.goOn();
  const replaced = router.printed('workers replaced');
  router.child.kill('SIGHUP');
  await replaced;
  await clients.goOn();
  expect(await events.rest()).toMatchObject([
    { payload: null, errors: [{ extensions: { code: 'SHUTTING_DOWN' } }] },
  ]);
  await expect
    .poll(() => workersOf(router).length, { interval: 50, timeout: 60_000 })
    .toBe(WORKERS);
  expect(workersOf(router).filter((pid) => before.includes(pid))).toEqual([]);
  await clients.end();
  expect(clients.failures).toEqual([]);
  expect(await router.stop()).toBe(0);
});

test('what cannot be served at the start ends it in one line', async () => {
  const start = startWorkers({ SUPERGRAPH: 'nowhere.graphql' });
  await expect(start).rejects.toThrow(/:\nSUPERGRAPH: nowhere\.graphql cannot be read\.[^\n]*\n$/);
});

test.each([
  [{ ROUTER_WORKERS: '0' }, 'ROUTER_WORKERS: "0" is neither auto nor a whole number from 1 to 64'],
  [{ ROUTER_WORKERS: '2', CACHE: 'memory' }, 'CACHE: what is kept in memory is each worker’s own'],
])('%j is refused', (environment, reason) => {
  expect(() => readRouterSettings(environment)).toThrow(reason);
});

test('auto is a worker for each core', () => {
  expect(readRouterSettings({ ROUTER_WORKERS: 'auto' }).workers).toBe(availableParallelism());
});
