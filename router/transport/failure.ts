import type { ErrorCode } from '../../contract/errors.ts';

/** The ways in which a subgraph fails to answer. */
export type FailureCode = Extract<
  ErrorCode,
  'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_RESPONSE_TOO_LARGE'
>;

/**
 * Where it failed:
 *
 * - `unreached`: it was not brought to a replica that would do it, so that nothing was done.
 * - `lost`: it may have been done, and its answer was lost on the way.
 * - `unusable`: what came is no answer.
 * - `late`: there was none in time.
 * - `unwanted`: nobody waits for it any more.
 */
export type FailureKind = 'unreached' | 'lost' | 'unusable' | 'late' | 'unwanted';

const USUAL_KIND: Readonly<Record<FailureCode, FailureKind>> = {
  SUBGRAPH_UNAVAILABLE: 'lost',
  SUBGRAPH_TIMEOUT: 'late',
  SUBGRAPH_RESPONSE_TOO_LARGE: 'unusable',
};

/** A subgraph gave no answer that can be used; `cause` is for the log, never for clients. */
export class SubgraphFailure extends Error {
  readonly code: FailureCode;
  readonly kind: FailureKind;

  constructor(code: FailureCode, cause: unknown, kind: FailureKind = USUAL_KIND[code]) {
    super(code, { cause });
    this.name = 'SubgraphFailure';
    this.code = code;
    this.kind = kind;
  }
}

/** Made once: nobody reads it, and a stack takes time. */
export const UNWANTED = new SubgraphFailure('SUBGRAPH_UNAVAILABLE', null, 'unwanted');

type Meaning = readonly [FailureCode, FailureKind];

const NOT_CONNECTED: Meaning = ['SUBGRAPH_UNAVAILABLE', 'unreached'];
const LATE: Meaning = ['SUBGRAPH_TIMEOUT', 'late'];
const TOO_LARGE: Meaning = ['SUBGRAPH_RESPONSE_TOO_LARGE', 'unusable'];
const LOST: Meaning = ['SUBGRAPH_UNAVAILABLE', 'lost'];

/** What the errors of Node, undici and ws mean; by their `code`. */
const MEANING: Readonly<Record<string, Meaning>> = {
  EAI_AGAIN: NOT_CONNECTED,
  ECONNREFUSED: NOT_CONNECTED,
  EHOSTUNREACH: NOT_CONNECTED,
  ENETUNREACH: NOT_CONNECTED,
  ENOTFOUND: NOT_CONNECTED,
  UND_ERR_CONNECT_TIMEOUT: ['SUBGRAPH_TIMEOUT', 'unreached'],
  UND_ERR_HEADERS_TIMEOUT: LATE,
  UND_ERR_BODY_TIMEOUT: LATE,
  UND_ERR_ABORTED: LATE,
  UND_ERR_RES_EXCEEDED_MAX_SIZE: TOO_LARGE,
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: TOO_LARGE,
};

export const subgraphFailure = (error: unknown): SubgraphFailure => {
  if (error instanceof SubgraphFailure) return error;
  const [code, kind] = meaningOf(error);
  return new SubgraphFailure(code, error, kind);
};

const meaningOf = (error: unknown): Meaning => {
  if (error instanceof Error && error.name === 'TimeoutError') return LATE;
  const code: unknown = Object(error).code;
  return (typeof code === 'string' ? MEANING[code] : undefined) ?? LOST;
};

/** Whether a request that failed so may be in better hands elsewhere. */
export const isConnectionError = (error: unknown): boolean => {
  const code: unknown = Object(error).code;
  return (
    typeof code === 'string' && (CONNECTION_CODES.has(code) || meaningOf(error)[1] === 'unreached')
  );
};

/** The connection broke before there was an answer. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
]);
