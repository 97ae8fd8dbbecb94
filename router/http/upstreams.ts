import { once } from 'node:events';
import { connect } from 'node:net';
import type { Replicas } from '../transport/replicas.ts';

// Which of the servers of a path is given a request: the least busy one of those that are up. What is not
// up costs nobody anything: it is looked at beside the requests, and only as long as there are any.

/** A server of a path. */
export interface Upstream {
  /** Such as `http://127.0.0.1:4004`. */
  readonly origin: string;
  /** How many requests it has, answers that are being streamed included. */
  busy: number;
  /** When it may be looked at again, by `performance.now()`; null where it is up. */
  restsUntil: number | null;
}

export interface Upstreams {
  /** Undefined where all that are there were tried. */
  readonly pick: (tried: readonly Upstream[]) => Upstream | undefined;
  /**
   * One that just took a connection: for bodies, which can be sent once only.
   *
   * @returns undefined where there is none
   */
  readonly pickReachable: () => Promise<Upstream | undefined>;
}

/** How long what is down is left alone, in milliseconds. */
const REST_MS = 500;

export const createUpstreams = (
  [first, ...others]: Replicas<string>,
  connectTimeoutMs: number,
): Upstreams => {
  const upstreamAt = (origin: string): Upstream => ({ origin, busy: 0, restsUntil: null });
  const all: Replicas<Upstream> = [upstreamAt(first), ...others.map(upstreamAt)];
  let turn = 0;

  const look = async (upstream: Upstream): Promise<boolean> => {
    const isUp = await takesConnections(upstream.origin, connectTimeoutMs);
    if (isUp) upstream.restsUntil = null;
    else rest(upstream);
    return isUp;
  };
  const lookBeside = (now: number): void => {
    for (const upstream of all) {
      if (upstream.restsUntil === null || upstream.restsUntil > now) continue;
      // One look at a time.
      rest(upstream, connectTimeoutMs);
      void look(upstream);
    }
  };
  const leastBusy = (candidates: readonly Upstream[]): Upstream | undefined => {
    const [next, ...rest] = candidates;
    return next && rest.reduce((best, each) => (each.busy < best.busy ? each : best), next);
  };

  const pick = (tried: readonly Upstream[]): Upstream | undefined => {
    if (all.length === 1) return tried.length === 0 ? all[0] : undefined;
    lookBeside(performance.now());
    // Equally busy ones take turns.
    turn = (turn + 1) % all.length;
    const left = [...all.slice(turn), ...all.slice(0, turn)].filter(
      (each) => !tried.includes(each),
    );
    return leastBusy(left.filter(({ restsUntil }) => restsUntil === null)) ?? left[0];
  };
  return {
    pick,
    pickReachable: async () => {
      if (all.length === 1) return all[0];
      const tried: Upstream[] = [];
      for (let next = pick(tried); next !== undefined; next = pick(tried)) {
        if (await look(next)) return next;
        tried.push(next);
      }
      return undefined;
    },
  };
};

/** It did not take a request, or broke off: others are asked until it was looked at. */
export const rest = (upstream: Upstream, ms: number = REST_MS): void => {
  upstream.restsUntil = performance.now() + ms;
};

const takesConnections = async (origin: string, timeoutMs: number): Promise<boolean> => {
  const { hostname, port, protocol } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(timeoutMs) });
    return true;
  } catch {
    return false;
  } finally {
    // Whatever else happens to it is of no interest.
    socket.on('error', () => {}).destroy();
  }
};
