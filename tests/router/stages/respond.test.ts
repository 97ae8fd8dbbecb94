import { expect, test } from 'vitest';
import { ERRORS, type ErrorCode } from '../../../contract/errors.ts';
import { refusal } from '../../../router/refusal.ts';
import { respond, respondRefused } from '../../../router/stages/respond.ts';

test('an answer is JSON that no cache keeps for another viewer', () => {
  expect(respond({ kind: 'single', result: '{"data":{"a":1}}' }, 'application/json')).toEqual({
    status: 200,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-store',
      vary: 'accept, origin',
    },
    body: '{"data":{"a":1}}',
  });
});

test('a refusal has the status of its code, which old clients see only where it is no GraphQL', () => {
  const statuses = (code: ErrorCode) => [
    respondRefused(refusal(code), 'application/graphql-response+json').status,
    respondRefused(refusal(code), 'application/json').status,
  ];
  expect(statuses('GRAPHQL_VALIDATION_FAILED')).toEqual([400, 200]);
  expect(statuses('BAD_REQUEST')).toEqual([400, 400]);
  expect(statuses('PAYLOAD_TOO_LARGE')).toEqual([413, 413]);
  expect(statuses('INTERNAL_SERVER_ERROR')).toEqual([500, 500]);
});

test('a refused method says which is allowed', () => {
  const { status, headers } = respondRefused(refusal('METHOD_NOT_ALLOWED'), 'application/json');
  expect(status).toBe(ERRORS.METHOD_NOT_ALLOWED.status);
  expect(headers).toMatchObject({ allow: 'POST' });
});
