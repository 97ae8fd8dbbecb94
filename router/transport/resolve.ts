import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Logger } from '../../process/log.ts';
import type { TransportSettings } from './connections.ts';
import { openReplica, type Replica } from './replica.ts';

/** Gives every address that a host's name has now. */
export type Resolve = (host: string) => Promise<readonly string[]>;

/**
 * By the system's resolver: `/etc/hosts` and DNS. Where a name has addresses of both families they are
 * those of one machine most often, of which the system's first choice is taken.
 */
export const resolveBySystem: Resolve = async (host) => {
  const found = await lookup(host, { all: true });
  return found.filter(({ family }) => family === found[0]?.family).map(({ address }) => address);
};

/** The replicas of one subgraph, as they are now. */
export interface ReplicaSet {
  readonly current: () => readonly Replica[];
  readonly close: () => Promise<unknown>;
}

/**
 * A replica for every address that the names in the URLs have. They are resolved again and again: what
 * is new is asked from then on, what is gone finishes what it has begun. Where a name cannot be resolved,
 * what was known stays.
 */
export const openReplicas = (
  subgraph: string,
  urls: readonly string[],
  settings: TransportSettings,
  resolve: Resolve,
  log: Logger,
): ReplicaSet => {
  const sets = urls.map((url) => openUrl(subgraph, url, settings, resolve, log));
  const [only, ...others] = sets;
  const current =
    only !== undefined && others.length === 0
      ? only.current
      : () => sets.flatMap((each) => each.current());
  return { current, close: () => Promise.all(sets.map((each) => each.close())) };
};

const openUrl = (
  subgraph: string,
  url: string,
  settings: TransportSettings,
  resolve: Resolve,
  log: Logger,
): ReplicaSet => {
  const open = (address: string | null) => openReplica({ subgraph, url, address }, settings);
  let replicas = new Map<string | null, Replica>([[null, open(null)]]);
  let list = [...replicas.values()];
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  const close = () => Promise.all(list.map((each) => each.close()));
  if (isIP(host) > 0 || host === 'localhost') return { current: () => list, close };

  const refresh = async (): Promise<void> => {
    const addresses = await resolve(host);
    if (addresses.length === 0 || isClosed) return;
    const before = replicas;
    replicas = new Map(addresses.map((each) => [each, before.get(each) ?? open(each)]));
    list = [...replicas.values()];
    for (const [address, replica] of before) {
      if (!replicas.has(address)) void replica.close();
    }
  };
  const refreshAndGoOn = (): Promise<void> =>
    refresh().catch((error: unknown) => {
      log.warn({ subgraph, err: error }, 'the name of a subgraph’s host is not resolved');
    });
  let isClosed = false;
  void refreshAndGoOn();
  const timer = setInterval(refreshAndGoOn, settings.dnsRefreshMs);
  timer.unref();
  return {
    current: () => list,
    close: () => {
      isClosed = true;
      clearInterval(timer);
      return close();
    },
  };
};
