import { OperationTypeNode } from 'graphql';
import { describe, expect, test } from 'vitest';
import { GUEST } from '../../../contract/viewer.ts';
import { fetchOperation } from '../../../router/execution/fetch-operation.ts';
import type { CompiledSubscription } from '../../../router/execution/subscription.ts';
import { openSubscription } from '../../../router/subscriptions/subscription.ts';
import { SubgraphFailure } from '../../../router/transport/failure.ts';
import type { Subscribe } from '../../../router/transport/subscribe.ts';
import { PROTOCOLS, startWatching } from './watching.ts';

const QUERY = 'subscription { changed { id price } }';

const event = (id: string) => ({ payload: { data: { changed: { id, price: `${id} EUR` } } } });

describe.each(PROTOCOLS)('over %s', (protocol) => {
  test('the subscription goes on when the subgraph is back, as often as it dies', async () => {
    await using shop = await startWatching(protocol);
    await using events = await shop.router.subscribe(QUERY);
    const { books } = shop.federation.subgraphs;
    for (const id of ['1', '2', '3']) {
      const source = await shop.changes.next();
      await source.give({ id });
      expect(await events.next()).toEqual(event(id));
      await books.goDown();
      await books.comeBack();
    }
    await (await shop.changes.next()).give({ id: '4' });
    expect(await events.next()).toEqual(event('4'));
  });

  test('a subgraph that cannot be reached at first ends it with a code', async () => {
    await using shop = await startWatching(protocol);
    await shop.federation.subgraphs.books.goDown();
    await using events = await shop.router.subscribe(QUERY);
    expect(await events.rest()).toEqual([
      {
        payload: null,
        errors: [
          {
            message: 'A part of the answer could not be fetched.',
            extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'books' },
          },
        ],
      },
    ]);
  });

  test('a client that leaves when it was opened again frees it', async () => {
    await using shop = await startWatching(protocol);
    const { books } = shop.federation.subgraphs;
    const events = await shop.router.subscribe(QUERY);
    await (await shop.changes.next()).give({ id: '1' });
    expect(await events.next()).toEqual(event('1'));
    await books.goDown();
    await books.comeBack();
    const again = await shop.changes.next();
    await events[Symbol.asyncDispose]();
    await again.closed;
  });
});

test('for a client that left while nobody was there, it is not opened again', async () => {
  let opened = 0;
  // Fails once it was open; who opens it again would be given an event.
  const subscribe: Subscribe = async function* (_caller, _request, _signal, open) {
    opened += 1;
    open?.();
    if (opened === 1) throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', null);
    yield { data: {} };
  };
  const compiled: CompiledSubscription = {
    source: fetchOperation(
      {
        kind: 'Fetch',
        serviceName: 'books',
        operation: QUERY,
        operationName: undefined,
        operationKind: OperationTypeNode.SUBSCRIPTION,
      },
      [],
      [],
    ),
    sourceVariables: () => '{}',
    answer: async () => ({ data: '{}', errors: [], degraded: [] }),
  };
  const link = { call: () => Promise.reject(new Error('nobody')), subscribe, eventsFrom: 'books' };
  const caller = { viewer: GUEST, clientAddress: null };
  const subscription = openSubscription({ compiled, link, flags: {} }, caller, {}, () => {});

  const waiting = subscription.next();
  await new Promise(setImmediate);
  await subscription.return();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(opened).toBe(1);
});
