import { describe, expect, test } from 'vitest';
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

  test('a client that leaves meanwhile is not subscribed for again', async () => {
    await using shop = await startWatching(protocol);
    const { books } = shop.federation.subgraphs;
    {
      await using _events = await shop.router.subscribe(QUERY);
      await shop.changes.next();
      await books.goDown();
    }
    await books.comeBack();
    // Who subscribes now is the next that the subgraph sees.
    await using events = await shop.router.subscribe(QUERY);
    await (await shop.changes.next()).give({ id: '1' });
    expect(await events.next()).toEqual(event('1'));
    await events[Symbol.asyncDispose]();
    await shop.changes.opened[1]?.closed;
    expect(shop.changes.opened).toHaveLength(2);
  });
});
