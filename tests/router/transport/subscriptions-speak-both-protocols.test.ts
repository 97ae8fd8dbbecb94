import { GraphQLInt, GraphQLObjectType, GraphQLSchema } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { withCleanup } from '../../kit/cleanup.ts';
import { PROTOCOLS, type ProtocolName, startServer, startSubscriber } from './arrange.ts';

const query = new GraphQLObjectType({ name: 'Query', fields: { version: { type: GraphQLInt } } });

async function* upToThree(): AsyncGenerator<number> {
  yield* [1, 2, 3];
}

/** One event, and then none until it is told to end. */
const endless = (onEnd: () => void): AsyncIterableIterator<number> => {
  let told = false;
  return {
    next: async () => {
      if (told) await new Promise(() => {});
      told = true;
      return { done: false, value: 0 };
    },
    return: async () => {
      onEnd();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

/** A subgraph that other people’s libraries serve. */
const startLibrary = (protocol: ProtocolName) =>
  withCleanup(async ({ use }) => {
    let tellEnd = (): void => {};
    const ended = new Promise<void>((resolve) => {
      tellEnd = resolve;
    });
    const event = { type: GraphQLInt, resolve: (value: unknown) => value };
    const subscription = new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        count: { ...event, subscribe: () => upToThree() },
        endless: { ...event, subscribe: () => endless(tellEnd) },
      },
    });
    const schema = new GraphQLSchema({ query, subscription });
    const { server, port } = use(await startServer(createHandler({ schema })));
    useServer({ schema }, new WebSocketServer({ server }));
    const scheme = protocol === 'sse' ? 'http' : 'ws';
    return { url: `${scheme}://127.0.0.1:${port}/graphql`, ended };
  });

describe.each(PROTOCOLS)('over %s', (protocol) => {
  test('events come in order, and then the end', async () => {
    await using library = await startLibrary(protocol);
    await using router = await startSubscriber(library.url);
    const results = [];
    for await (const result of router.subscribe('subscription { count }')) results.push(result);
    expect(results).toEqual([
      { data: { count: 1 } },
      { data: { count: 2 } },
      { data: { count: 3 } },
    ]);
  });

  test('what the subgraph refuses is one result, and the end', async () => {
    await using library = await startLibrary(protocol);
    await using router = await startSubscriber(library.url);
    const results = [];
    for await (const result of router.subscribe('subscription { unknown }')) results.push(result);
    expect(results).toMatchObject([{ errors: [{ message: expect.stringContaining('unknown') }] }]);
  });

  test('returning while the next event is waited for ends it here and there', async () => {
    await using library = await startLibrary(protocol);
    await using router = await startSubscriber(library.url);
    const events = router.subscribe('subscription { endless }');
    expect((await events.next()).value).toEqual({ data: { endless: 0 } });
    const waiting = events.next();
    await events.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    await library.ended;
    expect((await events.next()).done).toBe(true);
  });

  test.each(['is waited for', 'is not'])('aborting while an event %s ends it', async (state) => {
    await using library = await startLibrary(protocol);
    await using router = await startSubscriber(library.url);
    const abort = new AbortController();
    const events = router.subscribe('subscription { endless }', abort.signal);
    await events.next();
    const waiting = state === 'is waited for' ? events.next() : null;
    abort.abort();
    await library.ended;
    expect((await (waiting ?? events.next())).done).toBe(true);
  });

  test('what was aborted before it began is not begun', async () => {
    await using router = await startSubscriber('http://127.0.0.1:1/graphql');
    const events = router.subscribe('subscription { count }', AbortSignal.abort());
    expect((await events.next()).done).toBe(true);
  });
});
