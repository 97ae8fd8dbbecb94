import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Caller } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import type { DatabaseOptions } from './database.ts';
import type { SubgraphSettings } from './settings.ts';

/** One service of the supergraph, ready to be put behind HTTP or called in the same process. */
export interface Subgraph<Context extends object> {
  readonly schema: GraphQLSchema;
  /** What resolvers get: the caller, and loaders of its own for every request. */
  readonly context: (caller: Caller) => Context;
  /** Resolves when it can answer, rejects when its database does not. */
  readonly ready: () => Promise<void>;
  /** Paths of its own beside `/graphql`, such as `/media`. */
  readonly routes?: (server: FastifyInstance) => void;
  /** Gives back connections and timers. */
  readonly close: () => Promise<void>;
}

/** How a subgraph is made: what its `server.ts` exports. */
export interface SubgraphFactory<Context extends object> {
  readonly name: string;
  readonly create: (
    settings: SubgraphSettings,
    log: Logger,
    options?: DatabaseOptions,
  ) => Promise<Subgraph<Context>>;
}
