import type { RouterSettings } from '../../../router/settings.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import {
  type SmallFederation,
  type SmallSubgraph,
  startSmallFederation,
} from '../../kit/federation.ts';
import { createLogLines, type LogLines } from '../../kit/log-lines.ts';
import { startTestRouter, type TestRouter } from '../../kit/router.ts';

export const ITEMS = 'query Items { items { title seller { name } } }';

/** The events that `told` gives. */
const EVENTS = 3;

const GOODS: SmallSubgraph = {
  sdl: `
    extend schema
      @link(url: "https://specs.emporium.example/router/v1.0", import: ["@standIn"])
      @composeDirective(name: "@standIn")
    directive @standIn(value: String!) on FIELD_DEFINITION
    type Query { items(search: String): [Item!]! broken: Int rating: Int @standIn(value: "3") }
    type Mutation { add(title: String): Int }
    type Subscription { told: Int }
    type Item { title: String seller: Person }
    type Person @key(fields: "id", resolvable: false) { id: ID! }
  `,
  resolvers: {
    Query: {
      items: () => [
        { title: 'Camera', seller: { id: '1' } },
        { title: 'Lens', seller: { id: '2' } },
      ],
      broken: () => {
        throw new Error('out of order');
      },
      rating: () => {
        throw new Error('out of order');
      },
    },
    Mutation: { add: () => 1 },
    Subscription: {
      told: {
        async *subscribe() {
          for (let told = 1; told <= EVENTS; told += 1) yield { told };
        },
      },
    },
  },
};

const PEOPLE: SmallSubgraph = {
  sdl: 'type Person @key(fields: "id") { id: ID! name: String }',
  resolvers: {
    Person: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Person ${id}` }) },
  },
};

/** Asks the goods, which answer with what is no GraphQL, until they are not asked any more. */
export const breakField = async ({ router, federation }: Watched): Promise<void> => {
  federation.subgraphs.goods.become({
    ...GOODS,
    answer: (_request, response) => void response.end('no GraphQL'),
  });
  for (let times = 0; times < 5; times += 1) await router.query('{ broken }');
};

export interface Watched extends AsyncDisposable, LogLines {
  readonly router: TestRouter;
  readonly federation: SmallFederation<'goods' | 'people'>;
  /** What Prometheus reads. */
  readonly metrics: () => Promise<string>;
}

/** A router of a small federation that logs its requests and counts them. */
export const startWatched = (overrides: Partial<RouterSettings> = {}): Promise<Watched> =>
  withCleanup(async ({ use }) => {
    const federation = use(await startSmallFederation({ goods: GOODS, people: PEOPLE }));
    const lines = createLogLines();
    const router = use(
      await startTestRouter(
        {
          supergraph: federation.supergraph,
          logRequests: true,
          maxCost: 1_000,
          metrics: { host: '127.0.0.1', port: 0 },
          ...overrides,
        },
        { log: lines.log },
      ),
    );
    return {
      ...lines,
      router,
      federation,
      metrics: async () => (await fetch(String(router.metricsUrl))).text(),
    };
  });
