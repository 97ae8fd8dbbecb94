import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { SettingsError } from '../../process/settings.ts';
import type { SupergraphSource } from './source.ts';

export interface RemoteSettings {
  /** How often to look for another, in milliseconds; null looks only when it is told to. */
  readonly pollMs: number | null;
  /** Sent as `authorization: Bearer …`; null where everyone may read it. */
  readonly token: string | null;
}

/** How long an answer may take, and be silent, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** Far beyond the largest supergraphs there are, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

const CURE = 'Put it where this URL reads it, or name another place.';

export const isUrl = (place: string): boolean => /^https?:\/\//i.test(place);

/** A supergraph that somebody publishes at a URL; fetched again only where it has another ETag. */
export const supergraphAt = (url: string, { pollMs, token }: RemoteSettings): SupergraphSource => {
  const name = nameOf(url);
  const dispatcher = new Agent({
    connect: { timeout: TIMEOUT_MS },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
    maxResponseSize: MAX_BYTES,
  });
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  let known: { readonly etag: string; readonly sdl: string } | null = null;

  const fetchSdl = async (): Promise<string> => {
    const condition = known === null ? {} : { 'if-none-match': known.etag };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const options = { dispatcher, headers: { ...headers, ...condition }, signal };
    const { statusCode, headers: answered, body } = await request(url, options);
    if (statusCode === 200) {
      const sdl = await body.text();
      const { etag } = answered;
      known = typeof etag === 'string' ? { etag, sdl } : null;
      return sdl;
    }
    await body.dump();
    if (statusCode === 304 && known !== null) return known.sdl;
    throw new SettingsError(`${name} answered ${statusCode}. ${CURE}`);
  };
  /** What was read last, or why nothing was. */
  let seen: string | Error = '';
  const look = async (): Promise<string | Error> => {
    seen = await fetchSdl().catch((error: unknown) => failure(name, error));
    return seen;
  };
  /** Tells of each change once: of another text, and of the first time that there is none to be had. */
  const poll = async (everyMs: number, changed: () => void, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      // Routers that were started together do not ask together.
      const untilNext = everyMs * (0.75 + Math.random() / 2);
      await pause(untilNext, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      const before = seen;
      if (!isSame(before, await look()) && !signal.aborted) changed();
    }
  };

  return {
    name,
    read: async () => {
      const outcome = await look();
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    watch: (changed) => {
      const closing = new AbortController();
      const polling = pollMs === null ? undefined : poll(pollMs, changed, closing.signal);
      return async () => {
        closing.abort();
        await dispatcher.destroy();
        await polling;
      };
    },
  };
};

/** That there is none to be had is told once, whatever keeps it away from then on. */
const isSame = (one: string | Error, other: string | Error): boolean =>
  one === other || (one instanceof Error && other instanceof Error);

/** Without what may be secret in it. */
const nameOf = (url: string): string => {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
};

const failure = (place: string, error: unknown): SettingsError => {
  if (error instanceof SettingsError) return error;
  const { code, name, message } = Object(error);
  const reason = name === 'TimeoutError' ? `nothing within ${TIMEOUT_MS / 1000} s` : code;
  return new SettingsError(`${place} cannot be read (${reason ?? message}). ${CURE}`);
};
