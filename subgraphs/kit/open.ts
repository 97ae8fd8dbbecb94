import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest, RouteHandlerMethod } from 'fastify';
import type { FormattedExecutionResult, OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import type { DatabaseOptions } from './database.ts';
import { clientError } from './errors.ts';
import { presentError } from './present-error.ts';
import type { SubgraphSettings } from './settings.ts';
import type { SubgraphFactory } from './subgraph.ts';
import { type Subscribed, subscribe } from './subscription.ts';

/** A GraphQL request, as far as a subgraph reads it. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * A subgraph that answers, over HTTP or in the same process. Whoever asks vouches for the caller; all
 * rules of the subgraph itself hold either way.
 */
export interface OpenSubgraph {
  readonly name: string;
  /**
   * Answers a query or a mutation. Leaf values are as scalars serialize them: a `Date` may be among them.
   *
   * @throws where it is closed already
   */
  readonly execute: (
    caller: Caller,
    request: OperationRequest,
  ) => Promise<FormattedExecutionResult>;
  /** @param request of GraphQL; looked at before it is believed */
  readonly subscribe: (caller: Caller, request: unknown) => Promise<Subscribed>;
  /** Answers queries and mutations as Apollo Server does over HTTP. */
  readonly httpHandler: (callerOf: (request: FastifyRequest) => Caller) => RouteHandlerMethod;
  /** Resolves when it can answer, rejects when its database does not. */
  readonly ready: () => Promise<void>;
  /** Adds the paths of its own, such as `/media`; undefined where it has none. */
  readonly routes: ((server: FastifyInstance) => void) | undefined;
  /** Answers nothing more, and gives back connections and timers. */
  readonly close: () => Promise<void>;
}

/** Makes a subgraph and opens it. */
export const openSubgraph = async <Context extends object>(
  factory: SubgraphFactory<Context>,
  settings: SubgraphSettings,
  log: Logger,
  options: DatabaseOptions = {},
): Promise<OpenSubgraph> => {
  const subgraph = await factory.create(settings, log, options);
  const apollo = new ApolloServer<Context>({
    schema: subgraph.schema,
    // Whoever can ask is the router, which guards introspection and CSRF for all of them.
    introspection: true,
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    logger: log,
    stopOnTerminationSignals: false,
    formatError: (formatted, error) => presentError(formatted, error, log),
    plugins: [{ requestDidStart: async () => ({ didResolveOperation: refuseSubscription }) }],
  });
  await apollo.start();
  return {
    name: factory.name,
    execute: async (caller, request) => execute(apollo, subgraph.context(caller), request),
    subscribe: (caller, request) => subscribe(subgraph, caller, request, log),
    httpHandler: (callerOf) =>
      fastifyApolloHandler(apollo, {
        context: async (request) => subgraph.context(callerOf(request)),
      }),
    ready: subgraph.ready,
    routes: subgraph.routes,
    close: async () => {
      await apollo.stop();
      await subgraph.close();
    },
  };
};

const execute = async <Context extends object>(
  apollo: ApolloServer<Context>,
  contextValue: Context,
  { query, operationName, variables }: OperationRequest,
): Promise<FormattedExecutionResult> => {
  const request = {
    query,
    ...(operationName !== undefined && { operationName }),
    ...(variables !== undefined && { variables }),
  };
  const { body } = await apollo.executeOperation(request, { contextValue });
  if (body.kind === 'single') return body.singleResult;
  throw new Error('a subgraph gives one result: it has no @defer');
};

/** Apollo would run it as a query. */
const refuseSubscription = async ({
  operation,
}: {
  readonly operation?: OperationDefinitionNode;
}): Promise<void> => {
  if (operation?.operation !== 'subscription') return;
  throw clientError('BAD_REQUEST', 'Ask for subscriptions with `accept: text/event-stream`.');
};
