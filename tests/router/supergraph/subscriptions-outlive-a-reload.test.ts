import { describe, expect, test } from 'vitest';
import { withCleanup } from '../../kit/cleanup.ts';
import { type SmallSubgraph, startSmallFederation } from '../../kit/federation.ts';
import { createGate } from '../../kit/gate.ts';
import { startTestRouter } from '../../kit/router.ts';
import { serveSubgraph } from '../../kit/small-subgraph.ts';
import { createTopic } from '../../kit/topic.ts';

type Change = { readonly id: string };

const telling = (subscribe: () => unknown): SmallSubgraph => ({
  sdl: `type Query { b: Int } type Book @key(fields: "id") { id: ID! }
    type Subscription { changed: Book }`,
  resolvers: { Subscription: { changed: { subscribe, resolve: (change: Change) => change } } },
});

const pricing = (name: string, directives = ''): SmallSubgraph => ({
  sdl: `type Query { ${name}: Int } type Book @key(fields: "id") { id: ID! price: String ${directives} }`,
  resolvers: {
    Book: { __resolveReference: ({ id }: Change) => ({ id, price: `${id}, ${name}` }) },
  },
});

/** Changes of books come from `books`, their prices from `old` until `new` overrides it. */
const startShop = (protocol: string) =>
  withCleanup(async ({ use }) => {
    const changes = createTopic<Change>();
    const federation = use(
      await startSmallFederation({
        books: telling(changes.subscribe),
        old: pricing('old'),
        new: { sdl: 'type Query { new: Int } type Book @key(fields: "id") { id: ID! }' },
      }),
    );
    const { supergraph, subgraphs } = federation;
    const changed = federation.compose({ new: pricing('new', '@override(from: "old")') });
    const router = use(
      await startTestRouter({
        supergraph,
        watchSupergraph: false,
        ...(protocol === 'ws' && {
          subscriptionUrls: { books: [subgraphs.books.url.replace('http', 'ws')] as const },
        }),
      }),
    );
    return {
      changes,
      federation,
      router,
      changed,
      reload: async (sdl: string) => {
        await federation.write(sdl);
        expect(await router.reload()).toBe('swapped');
      },
    };
  });

const event = (price: string) => ({ payload: { data: { changed: { price } } } });

test.each(['http', 'ws'])(
  'over %s the same source goes on, completed as the new supergraph says',
  async (protocol) => {
    await using shop = await startShop(protocol);
    await using events = await shop.router.subscribe('subscription { changed { price } }');
    const source = await shop.changes.next();
    await source.give({ id: '1' });
    expect(await events.next()).toEqual(event('1, old'));

    await shop.reload(shop.changed);
    await source.give({ id: '2' });
    expect(await events.next()).toEqual(event('2, new'));
    expect(shop.changes.opened).toHaveLength(1);
    expect(source.isClosed()).toBe(false);
  },
);

describe('where the events come from another address', () => {
  /** The same subgraph as another process, and the supergraph that says so. */
  const startAnother = (shop: Awaited<ReturnType<typeof startShop>>) =>
    withCleanup(async ({ use }) => {
      const changes = createTopic<Change>();
      const asked = createGate();
      const mayAnswer = createGate();
      const subscribe = async () => {
        asked.open();
        await mayAnswer.passed;
        return changes.subscribe();
      };
      const served = use(await serveSubgraph('books', telling(subscribe), () => {}));
      const sdl = shop.federation.sdl().replace(shop.federation.subgraphs.books.url, served.url);
      return { changes, served, sdl, asked: asked.passed, answer: mayAnswer.open };
    });

  test('the source goes on until the other is open, and is closed then', async () => {
    await using shop = await startShop('http');
    await using another = await startAnother(shop);
    await using events = await shop.router.subscribe('subscription { changed { price } }');
    const before = await shop.changes.next();
    await shop.reload(another.sdl);
    await another.asked;
    await before.give({ id: '1' });
    expect(await events.next()).toEqual(event('1, old'));

    another.answer();
    await before.closed;
    await (await another.changes.next()).give({ id: '2' });
    expect(await events.next()).toEqual(event('2, new'));
  });

  test('where nobody answers there, it is tried until somebody does', async () => {
    await using shop = await startShop('http');
    await using another = await startAnother(shop);
    another.answer();
    await another.served.goDown();
    await using events = await shop.router.subscribe('subscription { changed { price } }');
    await shop.changes.next();
    await shop.reload(another.sdl);
    await another.served.comeBack();
    await (await another.changes.next()).give({ id: '2' });
    expect(await events.next()).toEqual(event('2, new'));
  });
});

test('a subscription that does not fit the new supergraph ends and says so, and its source is closed', async () => {
  await using shop = await startShop('http');
  await using fitting = await shop.router.subscribe('subscription { changed { id } }');
  const kept = await shop.changes.next();
  await using events = await shop.router.subscribe('subscription { changed { price } }');
  const source = await shop.changes.next();
  const without = (name: string): SmallSubgraph => ({
    sdl: `type Query { ${name}: Int } type Book @key(fields: "id") { id: ID! }`,
  });
  const sdl = shop.federation.compose({ old: without('old'), new: without('new') });
  await shop.reload(sdl);

  expect(await events.rest()).toMatchObject([
    { payload: null, errors: [{ extensions: { code: 'SUBSCRIPTION_OUTDATED' } }] },
  ]);
  await source.closed;
  await kept.give({ id: '1' });
  expect(await fitting.next()).toEqual({ payload: { data: { changed: { id: '1' } } } });
});
