import { type RouterSettings, readRouterSettings } from '../../../router/settings.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { type SmallSubgraph, startSmallFederation } from '../../kit/federation.ts';
import { startTestRouter } from '../../kit/router.ts';
import { createTopic } from '../../kit/topic.ts';

export const PROTOCOLS = ['http', 'ws'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

type Change = { readonly id: string; readonly title?: unknown };

const PRICES: SmallSubgraph = {
  sdl: `type Query { p: Int } type Book @key(fields: "id") { id: ID! price(in: String = "EUR"): String }`,
  resolvers: {
    Book: {
      __resolveReference: (reference: object) => reference,
      price: ({ id }: { id: string }, { in: currency }: { in: string }) => {
        if (id === 'bad') throw new Error('no price');
        return `${id} ${currency}`;
      },
    },
  },
};

/** A router whose subgraph `books` tells of changes, over the protocol, and `prices` knows more. */
export const startWatching = (protocol: Protocol, overrides: Partial<RouterSettings> = {}) =>
  withCleanup(async ({ use }) => {
    const changes = createTopic<Change>();
    const federation = use(
      await startSmallFederation({
        books: {
          sdl: `type Query { b: Int } type Subscription { changed(shelf: String): Book refused: Book }
            type Book @key(fields: "id") { id: ID! title: String }`,
          resolvers: {
            Subscription: {
              changed: { subscribe: changes.subscribe, resolve: (change: Change) => change },
              refused: { subscribe: () => Promise.reject(new Error('not you')) },
            },
          },
        },
        prices: PRICES,
      }),
    );
    const url = federation.subgraphs.books.url.replace('http', protocol);
    const { subscriptionUrls } = readRouterSettings({ SUBSCRIPTION_URL_BOOKS: url });
    const { supergraph } = federation;
    const router = use(await startTestRouter({ supergraph, subscriptionUrls, ...overrides }));
    return { federation, router, changes };
  });
