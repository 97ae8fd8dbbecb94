import { expect, test } from 'vitest';
import type { InProcessSubgraph } from '../../../router/transport/in-process.ts';
import { EVENT_PARTS } from '../../kit/accepts.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { openRawStream } from '../../kit/raw-stream.ts';
import { startTestRouter, type TestRouter } from '../../kit/router.ts';
import { createSource, type Source } from '../../kit/source.ts';

const SDL = 'type Query { secret: String } type Subscription { told: String }';

const noSubscriptions: InProcessSubgraph['subscribe'] = async () => {
  throw new Error('nothing is subscribed to here');
};
const noQueries: InProcessSubgraph['execute'] = async () => {
  throw new Error('nothing is asked here');
};

/** A router with a subgraph in its own process; nobody is reached over HTTP. */
const startWith = (vault: InProcessSubgraph): Promise<TestRouter> =>
  withCleanup(async ({ use }) => {
    const answer = () => {
      throw new Error('asked over HTTP');
    };
    const federation = use(await startSmallFederation({ vault: { sdl: SDL, answer } }));
    return use(
      await startTestRouter(
        { supergraph: federation.supergraph, subgraphTimeoutMs: 300 },
        { inProcess: new Map([['vault', vault]]) },
      ),
    );
  });

const never = new Promise<never>(() => {});

test.each<[string, string, InProcessSubgraph['execute']]>([
  ['never answers', 'SUBGRAPH_TIMEOUT', () => never],
  [
    'throws',
    'SUBGRAPH_UNAVAILABLE',
    () => {
      throw new Error('boom at vault.ts');
    },
  ],
  ['rejects', 'SUBGRAPH_UNAVAILABLE', async () => Promise.reject(new Error('boom at vault.ts'))],
  ['gives what is no result', 'SUBGRAPH_UNAVAILABLE', async () => ({ boom: true })],
  ['gives what has no JSON', 'SUBGRAPH_UNAVAILABLE', async () => ({ data: { secret: 1n } })],
])('a subgraph that %s gives %s', async (_what, code, execute) => {
  await using router = await startWith({ execute, subscribe: noSubscriptions });
  const { status, data, errors } = await router.query('{ secret }');
  expect(status).toBe(200);
  expect(data).toEqual({ secret: null });
  expect(errors).toEqual([
    expect.objectContaining({ path: ['secret'], extensions: { code, service: 'vault' } }),
  ]);
  expect(JSON.stringify(errors)).not.toContain('boom');
});

test('it is told who asks, and handed variables of its own', async () => {
  const asked: unknown[] = [];
  const execute: InProcessSubgraph['execute'] = async (caller, { variables }) => {
    asked.push(caller, variables);
    return { data: { secret: 'told' } };
  };
  await using router = await startWith({ execute, subscribe: noSubscriptions });
  const { data } = await router.query('{ secret }', { user: 'user_7' });
  expect(data).toEqual({ secret: 'told' });
  expect(asked).toEqual([
    {
      viewer: { kind: 'user', id: 'user_7', scopes: expect.any(Array), sessionId: null },
      clientAddress: '127.0.0.1',
    },
    {},
  ]);
});

const openEvents = (router: TestRouter) =>
  openRawStream(`${router.url}/graphql`, 'subscription { told }', { accept: EVENT_PARTS });

test('its events reach the client, and end when the client leaves', async () => {
  const source = createSource();
  const events = eventsOf(source);
  const subscribe: InProcessSubgraph['subscribe'] = async () => ({ accepted: true, events });
  await using router = await startWith({ execute: noQueries, subscribe });
  using stream = await openEvents(router);
  await source.give('first');
  expect(await stream.until('first')).toContain('{"data":{"told":"first"}}');
  stream.leave();
  await source.closed;
});

test('a subscription that is opened too late is closed', async () => {
  const source = createSource();
  let open = (): void => {};
  const subscribe: InProcessSubgraph['subscribe'] = () =>
    new Promise((resolve) => {
      open = () => resolve({ accepted: true, events: eventsOf(source) });
    });
  await using router = await startWith({ execute: noQueries, subscribe });
  using stream = await openEvents(router);
  expect(await stream.toEnd()).toContain('SUBGRAPH_TIMEOUT');
  open();
  await source.closed;
});

test('a subscription that it refuses ends with its errors', async () => {
  const errors = [{ message: 'Not yours.', extensions: { code: 'FORBIDDEN' } }];
  const subscribe: InProcessSubgraph['subscribe'] = async () => ({ accepted: false, errors });
  await using router = await startWith({ execute: noQueries, subscribe });
  using stream = await openEvents(router);
  expect(await stream.toEnd()).toContain('"message":"Not yours."');
});

/** Results with the texts that the source is given. */
const eventsOf = (source: Source) => {
  const texts = source[Symbol.asyncIterator]();
  const close = async (): Promise<IteratorResult<unknown>> => {
    await texts.return?.();
    return { done: true, value: undefined };
  };
  return {
    next: async (): Promise<IteratorResult<unknown>> => {
      const { done, value } = await texts.next();
      return done === true ? { done, value } : { done: false, value: { data: { told: value } } };
    },
    return: close,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
