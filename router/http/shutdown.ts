import { setTimeout as pause } from 'node:timers/promises';
import type { Live } from '../subscriptions/live.ts';
import type { Streams } from './streams.ts';
import type { WebSockets } from './websockets.ts';

/** How long answers that have an end of their own may take to reach it, in milliseconds. */
const DEFERRED_GRACE_MS = 5_000;

/** How long clients may take to read that it is over, in milliseconds. */
const READING_GRACE_MS = 1_000;

/**
 * Ends what would hold a stopping process: subscriptions at once, deferred answers when they had time
 * to finish, and then the connections of whoever does not read.
 */
export const endStreams = async (
  live: Live,
  streams: Streams,
  sockets: WebSockets,
): Promise<void> => {
  live.endSubscriptions();
  sockets.close();
  const over = Promise.all([streams.settled(), sockets.settled()]);
  if (await within(DEFERRED_GRACE_MS, over)) return;
  live.endDeferred();
  if (await within(READING_GRACE_MS, over)) return;
  streams.destroy();
  sockets.destroy();
};

/** Whether `work` is done in time. */
const within = async (ms: number, work: Promise<unknown>): Promise<boolean> => {
  const timer = new AbortController();
  try {
    return await Promise.race([work.then(() => true), pause(ms, false, { signal: timer.signal })]);
  } finally {
    timer.abort();
  }
};
