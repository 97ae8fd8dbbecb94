import type { Agent } from 'undici';
import { CALLER_HEADER, SIGNATURE_HEADER, signRequest } from '../../contract/signature.ts';
import type { Caller } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import { type CallSubgraph, requestBody, type SubgraphAnswer } from '../execution/call.ts';
import type { TransportSettings } from './connections.ts';
import { type PostAnswer, post } from './exchange.ts';
import { subgraphFailure } from './failure.ts';
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
  connections: Agent,
  settings: TransportSettings,
  { name, url, headers: along }: HttpTarget,
  log: Logger,
): CallSubgraph => {
  const { origin, pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  const read = ({ status, text }: PostAnswer): SubgraphAnswer =>
    isPlain(text) && status === 200 ? text : graphqlResult(status, text);
  const fail = (error: unknown): never => {
    const failure = subgraphFailure(error);
    log.warn({ subgraph: name, code: failure.code, err: failure.cause }, 'subgraph failed');
    throw failure;
  };
  // No async function, which would hold the text of the request until there is an answer.
  return (caller, operation, variables) => {
    // Bytes once, for the signature and for the socket.
    const body = Buffer.from(requestBody(operation, variables));
    const signed = headersFor(settings.signingSecret, name, caller, body);
    const headers =
      along === undefined ? signed : [...Object.entries(along(caller)).flat(), ...signed];
    const request = { origin, path, headers, body };
    return post(connections, request, settings.subgraphTimeoutMs).then(read).catch(fail);
  };
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
