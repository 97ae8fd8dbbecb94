import type { IncomingMessage } from 'node:http';
import {
  type ExecutionArgs,
  type FormattedExecutionResult,
  type GraphQLError,
  GraphQLSchema,
  parse,
} from 'graphql';
import {
  type ConnectionInitMessage,
  type Context,
  type ExecutionResult,
  makeServer,
  type Server,
  type SubscribePayload,
} from 'graphql-ws';
import type { Logger } from '../../process/log.ts';
import type { Accepts, HttpRequest, StreamedBody } from '../exchange.ts';
import type { Departure } from '../execution/departure.ts';
import { refusal, routerError, toRefusal } from '../refusal.ts';
import type { ClientAddress } from './client-address.ts';
import type { Front } from './front.ts';

// graphql-ws speaks the protocol (graphql-transport-ws); what its operations give is found by the
// stages that requests over HTTP take.

/** What the protocol is told of a connection: the request that opened it. */
export interface Opened {
  readonly request: IncomingMessage;
  /** Of the connection, with everything on it. */
  readonly departure: Departure;
}

export type Protocol = Server<Opened>;

type Params = ConnectionInitMessage['payload'];
type Connection = Context<Params, Opened>;
type Answered = ExecutionResult | AsyncIterable<ExecutionResult>;

/** A WebSocket carries results of any kind. */
const ACCEPTS: Accepts = {
  single: 'graphql-transport-ws',
  incremental: 'graphql-transport-ws',
  events: 'graphql-transport-ws',
};

/** The library looks for something to execute, though it has been executed already. */
const NOTHING = { schema: new GraphQLSchema({}), document: parse('{ __typename }') };

/**
 * The protocol, for any number of connections.
 *
 * @param isClosing whether operations are refused, because the process is to stop
 */
export const createProtocol = (front: Front, isClosing: () => boolean): Protocol =>
  makeServer<Params, Opened>({
    connectionInitWaitTimeout: front.settings.webSocketInitTimeoutMs,
    onSubscribe: (connection, _id, payload) =>
      isClosing() ? [routerError('SHUTTING_DOWN')] : begin(connection, payload, front),
    // Put there by `begin`; the library's types carry it as unknown.
    execute: ({ contextValue }) => contextValue as Answered,
    // As the client is to read it: its errors are not graphql-js's objects any more.
    onNext: (_connection, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_connection, _id, _payload, errors) =>
      errors.flatMap((error) => toldErrors(error, front.log)).map((error) => error.toJSON()),
  });

const begin = async (
  connection: Connection,
  payload: SubscribePayload,
  { answer, clientAddress, observer, settings, log }: Front,
): Promise<ExecutionArgs | readonly GraphQLError[]> => {
  // The library has counted this one in.
  if (Object.keys(connection.subscriptions).length > settings.maxOperationsPerWebSocket) {
    const limit = 'MAX_OPERATIONS_PER_WEBSOCKET';
    const refused = refusal('TOO_MANY_OPERATIONS', undefined, { limit });
    observer.turnedAway(refused, clientAddress(connection.extra.request));
    return refused.errors;
  }
  const trail = observer.begin(httpRequest(connection, payload, clientAddress));
  try {
    const answered = await answer(trail, ACCEPTS);
    observer.answered(trail, answered);
    const { body } = answered;
    const contextValue: Answered = typeof body === 'string' ? JSON.parse(body) : parsed(body);
    return { ...NOTHING, contextValue };
  } catch (error) {
    const refused = toRefusal(error, log);
    observer.refused(trail, refused);
    return refused.errors;
  }
};

/** The operation as if it had been posted, by a client with the headers that the connection has. */
const httpRequest = (
  { connectionParams, extra: { request, departure } }: Connection,
  payload: SubscribePayload,
  clientAddress: ClientAddress,
): HttpRequest => ({
  method: 'POST',
  headers: { ...request.headers, ...headersOf(connectionParams) },
  query: {},
  body: payload,
  clientAddress: clientAddress(request),
  departure,
});

/**
 * Browsers cannot set headers on a WebSocket, so clients send them in `connection_init`: under
 * `headers`, or (GraphiQL) beside whatever else is there.
 */
const headersOf = (params: Params): Record<string, string> => {
  const { headers, ...rest } = params ?? {};
  const entries = Object.entries({ ...rest, ...Object(headers) });
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
};

/** The results of a stream, in a form of which the library tells it when its client is gone. */
const parsed = ({ pieces, cancel }: StreamedBody): AsyncGenerator<ExecutionResult> => {
  const texts = pieces[Symbol.asyncIterator]();
  const over = { done: true, value: undefined } as const;
  return {
    next: async () => {
      const { done, value } = await texts.next();
      return done === true ? over : { done: false, value: JSON.parse(value) };
    },
    return: async () => {
      cancel();
      return over;
    },
    throw: async (error) => {
      cancel();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

/** The library wraps what a stream throws. */
const toldErrors = (error: GraphQLError, log: Logger): readonly GraphQLError[] =>
  error.originalError === undefined ? [error] : toRefusal(error.originalError, log).errors;
