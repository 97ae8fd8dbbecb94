import { type Mode, SettingsError } from '../process/settings.ts';
import type { ReplicaRange } from './replicas.ts';
import { type BySubgraph, bySubgraph, SUBGRAPHS, type SubgraphName } from './subgraphs.ts';

/** Where a subgraph runs. */
export type Place =
  /** In the router's own process. */
  | { readonly kind: 'in-process' }
  /** As a process of its own on this machine. */
  | { readonly kind: 'process' }
  /** Nowhere: a process of this machine makes up its answers by its schema. */
  | { readonly kind: 'mock' }
  /** Elsewhere, started and kept by somebody else: its GraphQL endpoints. */
  | { readonly kind: 'remote'; readonly urls: readonly [string, ...string[]] };

/** Where each subgraph runs. */
export type Topology = BySubgraph<Place>;

const everywhere = (place: Place): Topology => bySubgraph(() => place);

/** Every subgraph a process of its own. */
export const SERVICES = everywhere({ kind: 'process' });

/** All in the router's process. */
export const MONOLITH = everywhere({ kind: 'in-process' });

/** The subgraphs that run in that kind of place. */
export const subgraphsIn = (topology: Topology, kind: Place['kind']): readonly SubgraphName[] =>
  SUBGRAPHS.filter((name) => topology[name].kind === kind);

/** Those that have a process on this machine: their own, or their mock's. */
export const startedHere = (topology: Topology): readonly SubgraphName[] =>
  SUBGRAPHS.filter((name) => ['process', 'mock'].includes(topology[name].kind));

/** Whether this machine runs it, with a database and its migrations. */
export const isOurs = (topology: Topology, name: SubgraphName): boolean => {
  const { kind } = topology[name];
  return kind !== 'remote' && kind !== 'mock';
};

/** @throws SettingsError where answers would be made up for people who take them for true */
export const refuseMocksInProduction = (topology: Topology, where: Mode): void => {
  const [one, ...more] = subgraphsIn(topology, 'mock');
  if (where !== 'production' || one === undefined) return;
  throw new SettingsError(
    `NODE_ENV: production, and ${[one, ...more].join(', ')} would be made up: leave out --mock, or start with another NODE_ENV`,
  );
};

/**
 * Whoever runs the others must be able to tell the router's requests from anybody's.
 *
 * @throws SettingsError where a secret that only this machine knows would sign them
 */
export const refuseUnsharedSecret = (topology: Topology, secret: string | undefined): void => {
  const [one, ...more] = subgraphsIn(topology, 'remote');
  if (one === undefined || secret !== undefined) return;
  throw new SettingsError(
    `SIGNING_SECRET: not set, and ${[one, ...more].join(', ')} run${more.length === 0 ? 's' : ''} elsewhere, where a request is answered only if it is signed with a secret that both sides know: set the same SIGNING_SECRET here and there (\`openssl rand -hex 32\` makes one)`,
  );
};

/**
 * Each worker would be another process of every subgraph in it, with its rounds and connections.
 *
 * @throws SettingsError where the router has several, and subgraphs run in its process
 */
export const refuseWorkersWithin = (
  workers: number,
  [one, ...more]: readonly SubgraphName[],
): void => {
  if (workers === 1 || one === undefined) return;
  throw new SettingsError(
    `ROUTER_WORKERS: ${workers}, and ${[one, ...more].join(', ')} run${more.length === 0 ? 's' : ''} in the router's process, which has to be one then: leave it at 1, or give each subgraph a process of its own`,
  );
};

/** @throws SettingsError where a subgraph that is no process of this machine is to have several */
export const refuseReplicasElsewhere = (
  topology: Topology,
  replicas: BySubgraph<ReplicaRange>,
): void => {
  const wrong = SUBGRAPHS.find(
    (name) => replicas[name].most > 1 && topology[name].kind !== 'process',
  );
  if (wrong === undefined) return;
  throw new SettingsError(
    `REPLICAS_${wrong.toUpperCase()}: ${wrong} has no process of its own on this machine, so it cannot have several: leave it out, or make it a process in the topology`,
  );
};
