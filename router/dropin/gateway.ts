import {
  RemoteGraphQLDataSource,
  type SupergraphManager,
  type SupergraphSdlHook,
} from '@apollo/gateway';
import type { ApolloServerPlugin } from '@apollo/server';
import type {
  GatewayInterface,
  GatewaySchemaLoadOrUpdateCallback,
} from '@apollo/server-gateway-interface';
import { GraphQLError } from 'graphql';
import { type Caller, GUEST } from '../../contract/viewer.ts';
import { createLog, type Logger } from '../../process/log.ts';
import { type DecidePolicy, NO_POLICY } from '../authorization/guard.ts';
import { NO_OPERATIONS } from '../documents/registered.ts';
import type { Outcome } from '../execution/operation.ts';
import type { Generation } from '../supergraph/generation.ts';
import { type Generations, openGenerations } from '../supergraph/generations.ts';
import { activeLabels, type DecideLabel } from '../supergraph/override-labels.ts';
import { startPlanner } from '../supergraph/planner.ts';
import { prepareOperation } from '../supergraph/prepare-operation.ts';
import {
  managedSupergraph,
  type SupergraphSource,
  supergraphFile,
  supergraphText,
} from '../supergraph/source.ts';
import { type ConnectionSettings, createConnections } from '../transport/connections.ts';
import { httpCall } from '../transport/http-call.ts';
import { logFailures } from '../transport/log-failures.ts';
import { record } from '../transport/record.ts';
import { incrementalDelivery } from './incremental-delivery.ts';
import { type Operation, resultOf } from './results.ts';

/** What a gateway is made of; all but the supergraph may be left out. */
export interface GatewayOptions<Context> {
  /** A file's path (watched), SDL, or what @apollo/gateway takes as `supergraphSdl`. */
  readonly supergraph: string | SupergraphManager | SupergraphSdlHook;
  /** By subgraph: where its requests go instead of where the supergraph says. */
  readonly routingUrls?: Readonly<Record<string, string>>;
  /** Headers to send along with every request to a subgraph, such as the client's `authorization`. */
  readonly headers?: (context: Context, subgraph: string) => Readonly<Record<string, string>>;
  /** The key of the signature on subgraph requests; without it they go unsigned. */
  readonly signingSecret?: string;
  /** Who asks, for `@authenticated`, `@requiresScopes` and the signature; a guest by default. */
  readonly caller?: (context: Context) => Caller;
  /** Decides the labels of progressive overrides that are no percentages; off by default. */
  readonly decideLabel?: DecideLabel;
  /** Decides the policies of `@policy`; by default none holds. */
  readonly decidePolicy?: DecidePolicy;
  /** Shows everything to everyone, whatever the supergraph says of who may see what. */
  readonly ignoreSecurityDirectives?: boolean;
  /** Clients see only what carries one of these tags; all of it where there are none. */
  readonly includedTags?: readonly string[];
  /** Clients do not see what carries one of these tags. */
  readonly excludedTags?: readonly string[];
  readonly subgraphTimeoutMs?: number;
  readonly subgraphConnectTimeoutMs?: number;
  readonly subgraphMaxResponseBytes?: number;
  readonly operationCacheBytes?: number;
  readonly planningTimeoutMs?: number;
  readonly log?: Logger;
}

/** The router's engine as Apollo Server takes it. */
export interface Gateway<Context extends object> extends GatewayInterface {
  /** Lets Apollo Server answer `@defer` by parts; without it such operations are refused. */
  readonly incrementalDelivery: ApolloServerPlugin<Context>;
}

/**
 * The router's engine in the place of an ApolloGateway:
 * `new ApolloServer({ gateway: createGateway({ supergraph: 'supergraph.graphql' }) })`.
 */
export const createGateway = <Context extends object>(
  options: GatewayOptions<Context>,
): Gateway<Context> => {
  const log = options.log ?? createLog('gateway', 'warn');
  const settings = transportOf(options);
  const connections = createConnections(settings);
  const planner = startPlanner({ planningTimeoutMs: options.planningTimeoutMs ?? 5_000 });
  const contexts = new WeakMap<Caller, Context>();
  const listeners = new Set<GatewaySchemaLoadOrUpdateCallback>();
  let generations: Generations | undefined;

  const announce = ({ clients: { schema }, sdl }: Generation): void => {
    for (const listener of listeners) listener({ apiSchema: schema, coreSupergraphSdl: sdl });
  };

  const open = (): Promise<Generations> =>
    openGenerations(
      sourceOf(options.supergraph),
      {
        planner,
        connect: (name, routingUrl) => {
          const url = options.routingUrls?.[name] ?? routingUrl;
          const headers = (caller: Caller): Readonly<Record<string, string>> => {
            const context = contexts.get(caller);
            return context === undefined ? {} : (options.headers?.(context, name) ?? {});
          };
          const along = options.headers === undefined ? {} : { headers };
          return {
            call: record(
              httpCall(connections, settings.signingSecret, { name, url, ...along }),
              settings.subgraphTimeoutMs,
              logFailures(log),
            ),
            subscribe: noSubscriptions,
            eventsFrom: url,
          };
        },
        ignoreSecurityDirectives: options.ignoreSecurityDirectives ?? false,
        decidePolicy: options.decidePolicy ?? NO_POLICY,
        contract: { include: options.includedTags ?? [], exclude: options.excludedTags ?? [] },
        registered: NO_OPERATIONS,
        permitClients: () => {},
        cacheStore: null,
        operationCacheBytes: options.operationCacheBytes ?? 67_108_864,
      },
      { explorer: true, documentLimits: null },
      log,
    );

  const run = async (request: Operation<Context>): Promise<Outcome> => {
    const generation = generations?.current();
    if (generation === undefined) throw new Error('the gateway is not loaded');
    const caller = { ...(options.caller?.(request.context) ?? NOBODY) };
    contexts.set(caller, request.context);
    const labels = activeLabels(
      generation.facts.overrideLabels,
      options.decideLabel ?? (() => false),
      caller,
    );
    const { source: query, operationName, variables } = request;
    const wanted = { key: { query, operationName }, variables, labels, caller };
    const { prepared, flags } = await prepareOperation(generation, wanted, {
      explorer: true,
      documentLimits: null,
    });
    const { compiled } = prepared;
    if (compiled.kind === 'events') return noSubscriptions();
    return compiled.run(
      { caller, departure: null, takesKept: false, journal: null, trace: null },
      variables,
      flags,
    );
  };

  return {
    load: async () => {
      generations = await open();
      generations.onSwap(announce);
      announce(generations.current());
      return {
        executor: async (context) => {
          const outcome = await run({
            source: context.source,
            operationName: context.operationName,
            variables: context.request.variables ?? {},
            // What Apollo Server was told to make of each request.
            context: context.context as Context,
          });
          if (outcome.kind === 'single') return resultOf(outcome.answer);
          throw unsupported(
            'To use @defer, add the gateway’s `incrementalDelivery` to Apollo Server’s plugins.',
          );
        },
      };
    },
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      await generations?.close();
      await planner.close();
      await connections.close();
    },
    incrementalDelivery: incrementalDelivery(run),
  };
};

const NOBODY: Caller = { viewer: GUEST, clientAddress: null };

const unsupported = (message: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });

const noSubscriptions = (): never => {
  throw unsupported(
    'Apollo Server takes no subscriptions from a gateway: send them to the router’s own front.',
  );
};

const sourceOf = (supergraph: GatewayOptions<object>['supergraph']): SupergraphSource => {
  if (typeof supergraph !== 'string') {
    return managedSupergraph(supergraph, (service) => new RemoteGraphQLDataSource(service));
  }
  // A path has no braces, and SDL cannot do without.
  return supergraph.includes('{') ? supergraphText(supergraph) : supergraphFile(supergraph, true);
};

const transportOf = (
  options: Omit<GatewayOptions<never>, 'headers' | 'caller'>,
): ConnectionSettings & { readonly signingSecret: string | null } => ({
  signingSecret: options.signingSecret ?? null,
  subgraphTimeoutMs: options.subgraphTimeoutMs ?? 10_000,
  subgraphConnectTimeoutMs: options.subgraphConnectTimeoutMs ?? 2_000,
  subgraphMaxResponseBytes: options.subgraphMaxResponseBytes ?? 16_777_216,
});
