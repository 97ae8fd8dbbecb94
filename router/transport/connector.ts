import type { Logger } from '../../process/log.ts';
import type { SubgraphConnector, SubgraphLink } from '../supergraph/generation.ts';
import { createConnections } from './connections.ts';
import { httpCall } from './http-call.ts';
import { type InProcessSubgraph, inProcessCall, inProcessSubscriber } from './in-process.ts';
import type { SubscriptionSettings } from './protocol.ts';
import { callReplicas, type Replicas, subscribeAtReplicas } from './replicas.ts';
import { createSubscriber, createSubscriptionConnections } from './subscribe.ts';

export interface ConnectorSettings extends SubscriptionSettings {
  /** By subgraph, in lower case: where its requests go instead of where the supergraph says. */
  readonly routingUrls: Readonly<Record<string, Replicas<string>>>;
  /** By subgraph, in lower case: where its subscriptions go instead of where its requests go. */
  readonly subscriptionUrls: Readonly<Record<string, Replicas<string>>>;
}

/** The ways to all subgraphs, and what they are made of. */
export interface Connector {
  readonly connect: SubgraphConnector;
  /** Gives up the connections. */
  readonly close: () => Promise<void>;
}

/**
 * Finds the way to each subgraph: in this process, or over HTTP to one or more replicas.
 *
 * @param inProcess by name: subgraphs that run in this process, wherever else they are said to be
 */
export const createConnector = (
  settings: ConnectorSettings,
  inProcess: ReadonlyMap<string, InProcessSubgraph>,
  log: Logger,
): Connector => {
  const connections = createConnections(settings);
  const eventConnections = createSubscriptionConnections(settings);

  const toOwn = (name: string, subgraph: InProcessSubgraph): SubgraphLink => ({
    call: inProcessCall(subgraph, settings, name, log),
    subscribe: inProcessSubscriber(subgraph, settings),
    eventsFrom: 'this process',
  });

  const toReplicas = (name: string, routingUrl: string): SubgraphLink => {
    const urls = settings.routingUrls[name.toLowerCase()] ?? [routingUrl];
    const eventUrls = settings.subscriptionUrls[name.toLowerCase()] ?? urls;
    const callAt = (url: string) => httpCall(connections, settings, { name, url }, log);
    const subscribeAt = (url: string) =>
      createSubscriber(settings, { name, url }, eventConnections);
    return {
      call: callReplicas(mapReplicas(urls, callAt)),
      subscribe: subscribeAtReplicas(mapReplicas(eventUrls, subscribeAt)),
      eventsFrom: eventUrls.join(','),
    };
  };

  return {
    connect: (name, routingUrl) => {
      const own = inProcess.get(name);
      return own === undefined ? toReplicas(name, routingUrl) : toOwn(name, own);
    },
    close: async () => {
      await connections.close();
      await eventConnections.close();
    },
  };
};

const mapReplicas = <From, To>(
  [first, ...others]: Replicas<From>,
  make: (each: From) => To,
): Replicas<To> => [make(first), ...others.map(make)];
