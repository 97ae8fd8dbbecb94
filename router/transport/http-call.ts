import type { Dispatcher } from 'undici';
import { CALLER_HEADER, SIGNATURE_HEADER, signRequest } from '../../contract/signature.ts';
import type { Caller } from '../../contract/viewer.ts';
import type { SubgraphAnswer } from '../execution/call.ts';
import { requestBody } from '../execution/fetch-operation.ts';
import { type Ask, timeLeft } from './ask.ts';
import { type PostAnswer, post } from './exchange.ts';
import { SubgraphFailure, subgraphFailure } from './failure.ts';
import { graphqlResult } from './result.ts';

const HEADERS = [
  'content-type',
  'application/json',
  'accept',
  'application/graphql-response+json, application/json',
];

/** Where the requests of a subgraph go. */
export interface HttpTarget {
  readonly name: string;
  readonly url: string;
  /** Headers to send along. */
  readonly headers?: (caller: Caller) => Readonly<Record<string, string>>;
}

/** The way to a subgraph over HTTP, signed for each caller. */
export const httpCall = (
  connections: Dispatcher,
  signingSecret: string | null,
  { name, url, headers: along }: HttpTarget,
): Ask => {
  const { origin, pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  // No async function, which would hold the text of the request until there is an answer.
  return (call) => {
    const { asking, operation, variables, traceparent } = call;
    // Bytes once, for the signature and for the socket.
    const body = Buffer.from(requestBody(operation, variables));
    const signed = headersFor(signingSecret, name, asking.caller, body);
    const headers =
      along === undefined ? signed : [...Object.entries(along(asking.caller)).flat(), ...signed];
    // Not signed: it says nothing that a subgraph acts upon.
    if (traceparent !== null) headers.push('traceparent', traceparent);
    const request = { origin, path, headers, body };
    return post(connections, request, timeLeft(call), asking.departure).then(read, fail);
  };
};

const fail = (error: unknown): never => {
  throw subgraphFailure(error);
};

const read = ({ status, text }: PostAnswer): SubgraphAnswer => {
  if (isPlain(text) && status === 200) return text;
  // By its meaning the server did not handle the request (RFC 9110, section 15.6.4).
  if (status === 503) {
    throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', new Error('status 503'), 'unreached');
  }
  return graphqlResult(status, text);
};

/** Whether it begins and ends as a result with data and without errors does, which may go on as text. */
const isPlain = (text: string): boolean =>
  text.startsWith('{"data":{') && (text.endsWith('}') || text.endsWith('}\n'));

const headersFor = (
  secret: string | null,
  name: string,
  caller: Caller,
  body: Buffer,
): string[] => {
  if (secret === null) return [...HEADERS];
  const signed = signRequest(secret, name, caller, body);
  return [
    ...HEADERS,
    CALLER_HEADER,
    signed[CALLER_HEADER],
    SIGNATURE_HEADER,
    signed[SIGNATURE_HEADER],
  ];
};
