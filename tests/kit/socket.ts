import { once } from 'node:events';
import { WebSocket } from 'ws';
import { listen, type Told } from './told.ts';

/** A WebSocket whose frames the test writes and reads. */
export interface TestSocket extends AsyncDisposable {
  readonly raw: WebSocket;
  readonly send: (message: object) => void;
  /** Begins as the protocol asks, and waits until it is acknowledged. */
  readonly init: (params?: object) => Promise<void>;
  readonly subscribe: (id: string, query: string) => void;
  /** The next message that came. */
  readonly next: () => Promise<unknown>;
  /** Code and reason with which it was closed. */
  readonly closed: Promise<readonly [code: number, reason: string]>;
}

interface SocketOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocol?: string;
}

/** Opens a WebSocket; fails where the server refuses it. */
export const openSocket = async (
  url: string,
  { headers = {}, protocol = 'graphql-transport-ws' }: SocketOptions = {},
): Promise<TestSocket> => {
  const raw = new WebSocket(url, protocol, { headers });
  const messages = listen<string>(({ next }) => {
    raw.on('message', (data) => next(String(data)));
    return () => {};
  });
  const closed = new Promise<readonly [number, string]>((resolve) => {
    raw.once('close', (code, reason) => resolve([code, String(reason)]));
  });
  await once(raw, 'open');
  // What breaks later is told by `close`.
  raw.on('error', () => {});

  const send = (message: object): void => raw.send(JSON.stringify(message));
  const next = async (): Promise<unknown> => parsed(await messages.next());
  return {
    raw,
    send,
    next,
    closed,
    init: async (payload = {}) => {
      send({ type: 'connection_init', payload });
      await next();
    },
    subscribe: (id, query) => send({ type: 'subscribe', id, payload: { query } }),
    [Symbol.asyncDispose]: async () => {
      raw.terminate();
      await closed;
    },
  };
};

const parsed = (told: Told<string>): unknown =>
  told.kind === 'next' ? JSON.parse(told.value) : undefined;
