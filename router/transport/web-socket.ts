import { createWebSocketStream, WebSocket } from 'ws';
import {
  CONNECTION_INIT_TEXT,
  operationText,
  type SignedHeaders,
  signRequest,
} from '../../contract/signature.ts';
import type { Caller } from '../../contract/viewer.ts';
import { SubgraphFailure, subgraphFailure } from './failure.ts';

import type {
  Protocol,
  SubgraphRequest,
  SubscriptionSettings,
  SubscriptionTarget,
} from './protocol.ts';
import { parseJson, resultOf, type SubgraphResult } from './result.ts';
import { watchSocket } from './web-socket-watch.ts';

/**
 * A subscription by graphql-transport-ws, on a WebSocket of its own: so the socket can be left
 * unread for as long as nobody asks, and the subgraph waits too.
 */
export const webSocket: Protocol = async function* (
  settings,
  target,
  _connections,
  caller,
  graphql,
  signal,
  opened,
) {
  const socket = openSocket(target, settings);
  signal.addEventListener('abort', () => socket.terminate(), { once: true });
  const messages = createWebSocketStream(socket, {
    readableObjectMode: true,
    readableHighWaterMark: 1,
  });
  const watch = watchSocket(socket, settings);
  const { open, answer } = clientOf(settings, target, caller, graphql);
  const say = (message: object): void => socket.send(JSON.stringify(message), () => {});
  socket.once('open', () => say(open));
  try {
    for await (const text of messages) {
      const message = readMessage(String(text));
      if (message.type === 'complete') return;
      if (message.type === 'error') return yield resultIn({ errors: message.payload });
      if (message.type === 'next') yield resultIn(message.payload);
      answer(message).forEach(say);
      if (message.type === 'connection_ack') {
        watch.acknowledged();
        opened();
      }
      watch.heard();
    }
    throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', new Error(watch.lastWords()));
  } catch (error) {
    throw watch.failure() ?? subgraphFailure(error);
  } finally {
    // The loop has ended the connection already, however it came to its own end.
    watch.stop();
  }
};

const openSocket = ({ url }: SubscriptionTarget, settings: SubscriptionSettings): WebSocket => {
  const socket = new WebSocket(url, 'graphql-transport-ws', {
    maxPayload: settings.subgraphMaxResponseBytes,
    perMessageDeflate: false,
  });
  // Errors reach the stream of its messages; one that comes after it has ended must hurt nobody.
  socket.on('error', () => {});
  return socket;
};

/** What the server says, as far as it is looked at. */
interface Message {
  readonly type: string;
  readonly payload?: unknown;
}

/** What a client of one operation says: first, and in answer to the server. */
const clientOf = (
  { signingSecret }: SubscriptionSettings,
  { name }: SubscriptionTarget,
  caller: Caller,
  graphql: SubgraphRequest,
): { readonly open: object; readonly answer: (message: Message) => readonly object[] } => {
  const sign = (text: string): SignedHeaders | undefined =>
    signingSecret === null ? undefined : signRequest(signingSecret, name, caller, text);

  const subscribe = (): object => ({
    id: '1',
    type: 'subscribe',
    payload: { ...graphql, extensions: sign(operationText(graphql)) },
  });
  return {
    open: { type: 'connection_init', payload: sign(CONNECTION_INIT_TEXT) },
    answer: ({ type, payload }) => {
      if (type === 'connection_ack') return [subscribe()];
      return type === 'ping' ? [{ type: 'pong', payload }] : [];
    },
  };
};

const readMessage = (text: string): Message => {
  const message = Object(parseJson(text));
  if (typeof message.type === 'string') return message;
  throw nonsense('a message without a type');
};

const resultIn = (payload: unknown): SubgraphResult => {
  const result = resultOf(payload);
  if (result === null) throw nonsense('an event that is no GraphQL result');
  return result;
};

const nonsense = (what: string): SubgraphFailure =>
  new SubgraphFailure('SUBGRAPH_UNAVAILABLE', new Error(what));
