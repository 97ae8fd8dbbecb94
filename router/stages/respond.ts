import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import type { AnswerType, HttpAnswer, Results } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';

/**
 * Refusals of well-formed GraphQL requests. Clients that accept application/json only may read
 * errors from answers with status 200 alone (GraphQL over HTTP, section 6.4.1).
 */
const WELL_FORMED: ReadonlySet<ErrorCode> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_USER_INPUT',
]);

/** The HTTP answer of a request that was executed, wholly or in part. */
export const respond = (results: Results, type: AnswerType): HttpAnswer => {
  if (results.kind !== 'single') throw new Error('to come');
  return print(200, type, results.result);
};

/** The HTTP answer of a request that a stage refused. */
export const respondRefused = ({ code, errors }: Refusal, type: AnswerType): HttpAnswer => {
  const status = type === 'application/json' && WELL_FORMED.has(code) ? 200 : ERRORS[code].status;
  return print(
    status,
    type,
    JSON.stringify({ errors: errors.map((error) => error.toJSON()) }),
    code,
  );
};

const print = (status: number, type: AnswerType, body: string, code?: ErrorCode): HttpAnswer => ({
  status,
  headers: {
    'content-type': `${type}; charset=utf-8`,
    // The same URL may answer otherwise to another viewer.
    'cache-control': 'private, no-store',
    vary: 'accept, origin',
    ...(code === 'METHOD_NOT_ALLOWED' && { allow: 'POST' }),
  },
  body,
});
