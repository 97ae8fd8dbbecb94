import type { ErrorCode } from '../../contract/errors.ts';

/** The ways in which a subgraph fails to answer. */
export type FailureCode = Extract<
  ErrorCode,
  'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT' | 'SUBGRAPH_RESPONSE_TOO_LARGE'
>;

/** A subgraph gave no answer that can be used; `cause` is for the log, never for clients. */
export class SubgraphFailure extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode, cause: unknown) {
    super(code, { cause });
    this.name = 'SubgraphFailure';
    this.code = code;
  }
}

/** What the errors of undici and ws mean to a client; by their `code`. */
const MEANING: Readonly<Record<string, FailureCode>> = {
  UND_ERR_CONNECT_TIMEOUT: 'SUBGRAPH_TIMEOUT',
  UND_ERR_HEADERS_TIMEOUT: 'SUBGRAPH_TIMEOUT',
  UND_ERR_BODY_TIMEOUT: 'SUBGRAPH_TIMEOUT',
  UND_ERR_ABORTED: 'SUBGRAPH_TIMEOUT',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'SUBGRAPH_RESPONSE_TOO_LARGE',
  WS_ERR_UNSUPPORTED_MESSAGE_LENGTH: 'SUBGRAPH_RESPONSE_TOO_LARGE',
};

export const subgraphFailure = (error: unknown): SubgraphFailure => {
  if (error instanceof SubgraphFailure) return error;
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const code: unknown = Object(error).code;
  const meaning = typeof code === 'string' ? MEANING[code] : undefined;
  return new SubgraphFailure(
    timedOut ? 'SUBGRAPH_TIMEOUT' : (meaning ?? 'SUBGRAPH_UNAVAILABLE'),
    error,
  );
};
