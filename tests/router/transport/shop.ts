import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RouterSettings } from '../../../router/settings.ts';
import type { RouterOptions } from '../../../router/start.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { startTestRouter, type TestRouter } from '../../kit/router.ts';
import { type SmallServer, startServer } from './arrange.ts';

/** What a replica does with a request whose body was read. */
export type Behaviour = (request: Asked, response: ServerResponse) => void;

export interface Asked extends IncomingMessage {
  readonly text: string;
}

export const answers: Behaviour = (_request, response) => {
  response.end('{"data":{"stock":7,"price":5,"sell":6,"reserve":1}}');
};
/** The request was read, and the connection breaks before there is an answer. */
export const hangsUp: Behaviour = (request) => request.socket.destroy();
/** There is never an answer. */
export const holds: Behaviour = () => {};
export const isStopping: Behaviour = (_request, response) => {
  response.statusCode = 503;
  response.end('{"error":"Service Unavailable"}');
};

/** One server of the subgraph. */
export interface TestReplica {
  readonly url: string;
  /** The bodies that it was sent. */
  readonly asked: readonly string[];
  become: (behaviour: Behaviour) => void;
  readonly goDown: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
}

export interface Shop extends AsyncDisposable {
  readonly router: TestRouter;
  readonly replicas: readonly TestReplica[];
  /** How many requests each replica was sent. */
  readonly counts: () => readonly number[];
}

const SDL = `
  extend schema
    @link(url: "https://specs.emporium.example/router/v1.0", import: ["@idempotent"])
    @composeDirective(name: "@idempotent")
  directive @idempotent(key: String!) on FIELD_DEFINITION
  type Query { stock: Int price: Int }
  type Mutation { sell: Int reserve(key: ID!): Int @idempotent(key: "key") }
`;

/** A router before replicas of one subgraph. */
export const startShop = (
  behaviours: readonly Behaviour[],
  settings: Partial<RouterSettings> = {},
  options: RouterOptions = {},
): Promise<Shop> =>
  withCleanup(async ({ use }) => {
    const federation = use(await startSmallFederation({ shop: { sdl: SDL } }));
    const replicas = await Promise.all(
      behaviours.map(async (behaviour) => {
        const replica = await startReplica(behaviour);
        use(replica.server);
        return replica;
      }),
    );
    const [first = '', ...others] = replicas.map(({ url }) => url);
    const router = use(
      await startTestRouter(
        {
          supergraph: federation.supergraph,
          routingUrls: { shop: [first, ...others] },
          ...settings,
        },
        options,
      ),
    );
    return { router, replicas, counts: () => replicas.map(({ asked }) => asked.length) };
  });

const startReplica = async (
  behaviour: Behaviour,
): Promise<TestReplica & { readonly server: SmallServer }> => {
  let behind = behaviour;
  const asked: string[] = [];
  const server = await startServer(async (request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += chunk));
    await once(request, 'end');
    asked.push(text);
    behind(Object.assign(request, { text }), response);
  });
  return {
    server,
    url: `http://127.0.0.1:${server.port}/graphql`,
    asked,
    become: (next) => {
      behind = next;
    },
    goDown: async () => {
      const closed = once(server.server, 'close');
      server.server.close();
      server.breakConnections();
      await closed;
    },
    comeBack: async () => {
      server.server.listen(server.port, '127.0.0.1');
      await once(server.server, 'listening');
    },
  };
};
