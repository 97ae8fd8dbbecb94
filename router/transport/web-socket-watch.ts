import type { WebSocket } from 'ws';
import { SubgraphFailure } from './failure.ts';
import type { SubscriptionSettings } from './protocol.ts';

/** Sees to it that a subgraph does not keep a WebSocket waiting. */
export interface SocketWatch {
  /** From here on the subgraph may be silent for longer, but answers pings. */
  readonly acknowledged: () => void;
  /** A message has been read and the next is asked for: silence begins now, however long that took. */
  readonly heard: () => void;
  /** Why the connection was given up; null where it was not. */
  readonly failure: () => SubgraphFailure | null;
  /** How the subgraph closed the connection. */
  readonly lastWords: () => string;
  readonly stop: () => void;
}

/** Ends the connection when it is not opened, not acknowledged or, later, not heard of in time. */
export const watchSocket = (socket: WebSocket, settings: SubscriptionSettings): SocketWatch => {
  let failure: SubgraphFailure | null = null;
  let lastWords = 'not closed';
  let deadline: NodeJS.Timeout | undefined;
  let pings: NodeJS.Timeout | undefined;

  const expect = (what: string, withinMs: number): void => {
    clearTimeout(deadline);
    deadline = setTimeout(() => {
      if (socket.isPaused) return expect(what, withinMs);
      const cause = new Error(`no ${what} within ${withinMs} ms`);
      failure = new SubgraphFailure('SUBGRAPH_TIMEOUT', cause);
      socket.terminate();
    }, withinMs);
  };
  const heard = (): void => {
    if (pings !== undefined) deadline?.refresh();
  };
  const ping = (): void => {
    if (!socket.isPaused) socket.send('{"type":"ping"}', () => {});
  };

  expect('connection', settings.subgraphConnectTimeoutMs);
  socket.once('open', () => expect('acknowledgement', settings.subgraphTimeoutMs));
  socket.once('close', (code, reason) => {
    lastWords = `closed with ${code} ${reason}`;
  });
  socket.on('ping', heard);
  return {
    acknowledged: () => {
      const silenceMs = settings.subgraphSilenceTimeoutMs;
      expect('sign of life', silenceMs);
      pings = setInterval(ping, silenceMs / 3);
    },
    heard,
    failure: () => failure,
    lastWords: () => lastWords,
    stop: () => {
      clearTimeout(deadline);
      clearInterval(pings);
    },
  };
};
