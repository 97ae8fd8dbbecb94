import { describe, expect, test } from 'vitest';
import { PROTOCOLS, startWatching } from './watching.ts';

describe.each(PROTOCOLS)('over %s', (protocol) => {
  test('each event has what other subgraphs know, by the client’s variables, until the end', async () => {
    await using shop = await startWatching(protocol);
    await using events = await shop.router.subscribe(
      `subscription ($in: String, $shelf: String) {
        change: changed(shelf: $shelf) { __typename name: title price(in: $in) id }
      }`,
      { variables: { in: 'SEK', shelf: 'a' } },
    );
    const source = await shop.changes.next();
    for (const id of ['1', '2']) {
      await source.give({ id, title: `title ${id}` });
      const change = { __typename: 'Book', name: `title ${id}`, price: `${id} SEK`, id };
      expect(await events.next()).toEqual({ payload: { data: { change } } });
    }
    source.end();
    expect(await events.next()).toBeUndefined();
  });

  test('an error in an event is told with it, and the next event comes', async () => {
    await using shop = await startWatching(protocol);
    await using events = await shop.router.subscribe(
      'subscription { changed { title cost: price } }',
    );
    const source = await shop.changes.next();
    await source.give({ id: 'bad', title: () => Promise.reject(new Error('no title')) });
    expect(await events.next()).toEqual({
      payload: {
        data: { changed: { title: null, cost: null } },
        errors: [
          {
            message: 'no title',
            path: ['changed', 'title'],
            extensions: { code: 'SUBGRAPH_ERROR', service: 'books' },
          },
          {
            message: 'no price',
            path: ['changed', 'cost'],
            extensions: { code: 'SUBGRAPH_ERROR', service: 'prices' },
          },
        ],
      },
    });
    await shop.federation.subgraphs.prices.goDown();
    await source.give({ id: '1', title: 'Emma' });
    expect(await events.next()).toMatchObject({
      payload: {
        data: { changed: { title: 'Emma', cost: null } },
        errors: [{ path: ['changed', 'cost'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
      },
    });
    await shop.federation.subgraphs.prices.comeBack();
    await source.give({ id: '2' });
    expect(await events.next()).toEqual({
      payload: { data: { changed: { title: null, cost: '2 EUR' } } },
    });
  });

  test('an event comes whole, whatever is deferred in it', async () => {
    await using shop = await startWatching(protocol);
    await using events = await shop.router.subscribe(
      `subscription { changed { id ...P @defer(label: "price") } } fragment P on Book { price }`,
    );
    await (await shop.changes.next()).give({ id: '1' });
    expect(await events.next()).toEqual({
      payload: { data: { changed: { id: '1', price: '1 EUR' } } },
    });
  });

  test('what the subgraph refuses is told once, and that is the end', async () => {
    await using shop = await startWatching(protocol);
    await using events = await shop.router.subscribe('subscription { refused { id price } }');
    const [told, ...more] = await events.rest();
    expect(told.payload).toMatchObject({
      data: { refused: null },
      errors: [{ message: expect.stringContaining('not you'), extensions: { service: 'books' } }],
    });
    expect(more).toEqual([]);
  });

  test('a client that leaves frees the source', async () => {
    await using shop = await startWatching(protocol);
    {
      await using events = await shop.router.subscribe('subscription { changed { id } }');
      const source = await shop.changes.next();
      await source.give({ id: '1' });
      await events.next();
    }
    await shop.changes.opened[0]?.closed;
    expect(shop.changes.opened.map(({ isClosed }) => isClosed())).toEqual([true]);
  });
});
