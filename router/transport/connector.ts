import type { Logger } from '../../process/log.ts';
import type { SubgraphConnector, SubgraphLink } from '../supergraph/generation.ts';
import type { PathBreakers } from './break-paths.ts';
import { type InProcessSubgraph, inProcessCall, inProcessSubscriber } from './in-process.ts';
import type { SubscriptionSettings } from './protocol.ts';
import type { CallObserver } from './record.ts';
import type { Replica } from './replica.ts';
import { type Replicas, subscribeAtReplicas } from './replicas.ts';
import { openReplicas, type ReplicaSet, type Resolve, resolveBySystem } from './resolve.ts';
import { createSubscriber, createSubscriptionConnections } from './subscribe.ts';
import { wayToOwn, wayToReplicas } from './way.ts';

export interface ConnectorSettings extends SubscriptionSettings {
  /** By subgraph, in lower case: where its requests go instead of where the supergraph says. */
  readonly routingUrls: Readonly<Record<string, Replicas<string>>>;
  /** By subgraph, in lower case: where its subscriptions go instead of where its requests go. */
  readonly subscriptionUrls: Readonly<Record<string, Replicas<string>>>;
}

/** The ways to all subgraphs, and what they are made of. */
export interface Connector {
  /** The same way for the same place, so that what is known of it outlives a supergraph. */
  readonly connect: SubgraphConnector;
  /** How each subgraph does, at each of its places. */
  readonly subgraphs: () => readonly SubgraphState[];
  /** Gives up the connections. */
  readonly close: () => Promise<void>;
}

/** What is known of how a subgraph does. */
export interface SubgraphState {
  readonly name: string;
  /** None where it runs in this process. */
  readonly replicas: () => readonly Replica[];
  readonly breakers: PathBreakers;
}

/** What connects, beside the settings. */
export interface Connecting {
  /** By name: subgraphs that run in this process, wherever else they are said to be. */
  readonly inProcess: ReadonlyMap<string, InProcessSubgraph>;
  readonly observer: CallObserver;
  readonly log: Logger;
  /** How names of hosts are resolved; by the system where it is not given. */
  readonly resolve?: Resolve;
}

/** Finds the way to each subgraph: in this process, or over HTTP to one or more replicas. */
export const createConnector = (
  settings: ConnectorSettings,
  { inProcess, observer, log, resolve = resolveBySystem }: Connecting,
): Connector => {
  const eventConnections = createSubscriptionConnections(settings);
  const links = new Map<string, SubgraphLink>();
  const opened: ReplicaSet[] = [];
  const states: SubgraphState[] = [];

  const toOwn = (name: string, subgraph: InProcessSubgraph): SubgraphLink => {
    const breakers: PathBreakers = new Map();
    states.push({ name, replicas: () => [], breakers });
    return {
      call: wayToOwn(inProcessCall(subgraph), breakers, settings, observer),
      subscribe: inProcessSubscriber(subgraph, settings),
      eventsFrom: 'this process',
    };
  };

  const toReplicas = (name: string, urls: Replicas<string>): SubgraphLink => {
    const eventUrls = settings.subscriptionUrls[name.toLowerCase()] ?? urls;
    const replicas = openReplicas(name, urls, settings, resolve, log);
    opened.push(replicas);
    const breakers: PathBreakers = new Map();
    states.push({ name, replicas: replicas.current, breakers });
    const subscribeAt = (url: string) =>
      createSubscriber(settings, { name, url }, eventConnections);
    return {
      call: wayToReplicas(replicas.current, breakers, settings, observer),
      subscribe: subscribeAtReplicas(mapReplicas(eventUrls, subscribeAt)),
      eventsFrom: eventUrls.join(','),
    };
  };

  return {
    connect: (name, routingUrl) => {
      const urls = settings.routingUrls[name.toLowerCase()] ?? [routingUrl];
      const key = JSON.stringify([name, urls]);
      const own = inProcess.get(name);
      const link =
        links.get(key) ?? (own === undefined ? toReplicas(name, urls) : toOwn(name, own));
      links.set(key, link);
      return link;
    },
    subgraphs: () => states,
    close: async () => {
      await Promise.all(opened.map((each) => each.close()));
      await eventConnections.close();
    },
  };
};

const mapReplicas = <From, To>(
  [first, ...others]: Replicas<From>,
  make: (each: From) => To,
): Replicas<To> => [make(first), ...others.map(make)];
