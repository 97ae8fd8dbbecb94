import { Agent } from 'undici';
import type { Caller } from '../../contract/viewer.ts';
import { eventStream } from './event-stream.ts';
import type {
  Protocol,
  SubgraphRequest,
  SubscriptionSettings,
  SubscriptionTarget,
} from './protocol.ts';
import type { SubgraphResult } from './result.ts';
import { webSocket } from './web-socket.ts';

/** The events of one subscription; `return` ends it at once, also while `next` waits. */
export interface SubgraphEvents extends AsyncIterableIterator<SubgraphResult> {
  readonly return: () => Promise<IteratorResult<SubgraphResult>>;
}

/**
 * Opens one subscription at a subgraph when it is first asked for `next`. It ends when the subgraph
 * completes it, and without a word when `signal` aborts; either way, and after a failure too,
 * nothing of it is left. Whoever asks slowly makes the subgraph wait: nothing is gathered here.
 *
 * `next` throws SubgraphFailure where the subgraph cannot be reached, breaks off, stays silent, says
 * too much at once or nothing that makes sense. An operation that the subgraph refuses gives one
 * result with its errors, and the end.
 *
 * @param opened called when the subgraph took the subscription
 */
export type Subscribe = (
  caller: Caller,
  request: SubgraphRequest,
  signal: AbortSignal,
  opened?: () => void,
) => SubgraphEvents;

/**
 * The connections of all subscriptions over SSE. Apart from those of other requests: each holds one
 * for as long as it lives, however much comes through it.
 */
export const createSubscriptionConnections = (settings: SubscriptionSettings): Agent =>
  new Agent({
    connect: { timeout: settings.subgraphConnectTimeoutMs },
    headersTimeout: settings.subgraphTimeoutMs,
    // Begins anew with every byte, and rests while nothing is read.
    bodyTimeout: settings.subgraphSilenceTimeoutMs,
  });

/** The way to the subscriptions of one subgraph. */
export const createSubscriber = (
  settings: SubscriptionSettings,
  target: SubscriptionTarget,
  connections: Agent,
): Subscribe => {
  const open: Protocol = /^wss?:/.test(target.url) ? webSocket : eventStream;
  return (caller, graphql, signal, opened = () => {}) =>
    endable(signal, (ended) => open(settings, target, connections, caller, graphql, ended, opened));
};

const OVER = { done: true, value: undefined } as const;

/** A generator that waits for the next event cannot be told to return; this one can. */
export const endable = (
  signal: AbortSignal,
  start: (signal: AbortSignal) => AsyncGenerator<SubgraphResult, void, undefined>,
): SubgraphEvents => {
  const ended = new AbortController();
  const events = start(ended.signal);
  const end = (): void => {
    signal.removeEventListener('abort', end);
    ended.abort();
    // Lets it clean up where it does not wait for anything; where it does, the abort fails the wait.
    events.return().catch(() => {});
  };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();

  return {
    next: async () => {
      try {
        const result = await events.next();
        if (result.done === true) signal.removeEventListener('abort', end);
        return ended.signal.aborted ? OVER : result;
      } catch (error) {
        if (ended.signal.aborted) return OVER;
        signal.removeEventListener('abort', end);
        throw error;
      }
    },
    return: async () => {
      end();
      return OVER;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};
