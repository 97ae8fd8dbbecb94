import { isIP, type LookupFunction } from 'node:net';
import { Pool } from 'undici';
import type { Ask } from './ask.ts';
import { connectionOptions, type TransportSettings } from './connections.ts';
import { httpCall } from './http-call.ts';

/** One server of a subgraph, with what is known of how it does. */
export interface Replica {
  readonly ask: Ask;
  /** Gives up its connections when what is under way on them has ended. */
  readonly close: () => Promise<void>;
  /** Requests under way. */
  inFlight: number;
  /** How long it takes, in milliseconds, what is recent counting most; 0 until that is known. */
  latencyMs: number;
  /** When that was learnt, as of `performance.now()`. */
  latencyAtMs: number;
  /** In a row. */
  failures: number;
  /** Until when it is left alone, as of `performance.now()`; 0 where it is not. */
  restsUntilMs: number;
  /** Whether its last failure took no time, so that asking it again costs nothing. */
  failsFast: boolean;
  /** A request is under way that finds out whether it is well again. */
  isProbed: boolean;
}

/** Where a replica is. */
export interface ReplicaPlace {
  readonly subgraph: string;
  readonly url: string;
  /** The address behind the URL's name that this one is at; null where the name is resolved each time. */
  readonly address: string | null;
}

/** Opens a replica; connections are made as they are needed. */
export const openReplica = (
  { subgraph: name, url, address }: ReplicaPlace,
  settings: TransportSettings,
): Replica => {
  const options = connectionOptions(settings);
  const pool = new Pool(new URL(url).origin, {
    ...options,
    connect: { ...options.connect, ...(address !== null && { lookup: alwaysTo(address) }) },
  });
  return {
    ask: httpCall(pool, settings.signingSecret, { name, url }),
    close: () => pool.close(),
    inFlight: 0,
    latencyMs: 0,
    latencyAtMs: 0,
    failures: 0,
    restsUntilMs: 0,
    failsFast: false,
    isProbed: false,
  };
};

/** The name stays in the request and in the certificate that is expected. */
const alwaysTo =
  (address: string): LookupFunction =>
  (_host, { all }, done) =>
    all === true
      ? done(null, [{ address, family: isIP(address) }])
      : done(null, address, isIP(address));
