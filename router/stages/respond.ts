import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import type { AnswerType, GraphqlAnswer, HttpAnswer } from '../exchange.ts';
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
export const respond = (answer: GraphqlAnswer, type: AnswerType): HttpAnswer =>
  print(200, type, answer);

/** The HTTP answer of a request that a stage refused. */
export const respondRefused = ({ code, errors }: Refusal, type: AnswerType): HttpAnswer => {
  const status = type === 'application/json' && WELL_FORMED.has(code) ? 200 : ERRORS[code].status;
  return print(status, type, { errors: errors.map((error) => error.toJSON()) }, code);
};

const print = (
  status: number,
  type: AnswerType,
  answer: GraphqlAnswer,
  code?: ErrorCode,
): HttpAnswer => ({
  status,
  headers: {
    'content-type': `${type}; charset=utf-8`,
    // The same URL may answer otherwise to another viewer.
    'cache-control': 'private, no-store',
    vary: 'accept, origin',
    ...(code === 'METHOD_NOT_ALLOWED' && { allow: 'POST' }),
  },
  body: bodyOf(answer),
});

const bodyOf = ({ data, errors }: GraphqlAnswer): string => {
  const members = [
    ...(errors === undefined ? [] : [`"errors":${JSON.stringify(errors)}`]),
    ...(data === undefined ? [] : [`"data":${data}`]),
  ];
  return `{${members.join(',')}}`;
};
