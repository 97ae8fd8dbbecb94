import { expect, test } from 'vitest';
import type { HttpRequest } from '../../../router/exchange.ts';
import { createDeparture } from '../../../router/execution/departure.ts';
import { Refusal } from '../../../router/refusal.ts';
import { receive } from '../../../router/stages/receive.ts';

const post = (body: unknown): HttpRequest => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  query: {},
  body,
  clientAddress: '127.0.0.1',
  departure: createDeparture(),
});

const get = (query: unknown, headers: HttpRequest['headers'] = {}): HttpRequest => ({
  method: 'GET',
  headers,
  query,
  body: undefined,
  clientAddress: '127.0.0.1',
  departure: createDeparture(),
});

const codeOf = (request: HttpRequest): string => {
  try {
    receive(request);
  } catch (error) {
    if (error instanceof Refusal) return error.code;
  }
  return 'none';
};

test('a POST carries query, operation name and variables in its body', () => {
  const body = { query: '{ me { id } }', operationName: 'Me', variables: { a: 1 } };
  expect(receive(post(body)).request).toEqual({ ...body, hash: null });
  expect(receive(post({ query: '{ a }' })).request).toEqual({
    query: '{ a }',
    hash: null,
    operationName: null,
    variables: {},
  });
});

test.each([
  ['a list', [{ query: '{ a }' }]],
  ['nothing', undefined],
  ['text', '{ a }'],
  ['no query', { variables: {} }],
  ['a query that is no text', { query: 1 }],
  ['an operation name that is no text', { query: '{ a }', operationName: 1 }],
  ['variables that are a list', { query: '{ a }', variables: [] }],
  ['variables that are text', { query: '{ a }', variables: '{}' }],
])('a body with %s is a bad request', (_what, body) => {
  expect(codeOf(post(body))).toBe('BAD_REQUEST');
});

test('a GET carries the same in its URL, variables as JSON text', () => {
  const request = get(
    { query: '{ a }', variables: '{"n":1}' },
    { 'apollo-require-preflight': '1' },
  );
  expect(receive(request).request.variables).toEqual({ n: 1 });
  const extended = get({ query: '{ a }', extensions: '{}' }, { 'apollo-require-preflight': '1' });
  expect(codeOf(extended)).toBe('none');
  const broken = get({ query: '{ a }', variables: '{' }, { 'apollo-require-preflight': '1' });
  expect(codeOf(broken)).toBe('BAD_REQUEST');
});

test('a GET that another site’s page could send is refused', () => {
  const query = { query: '{ a }' };
  expect(codeOf(get(query))).toBe('CSRF_PREVENTED');
  expect(codeOf(get(query, { 'content-type': 'text/plain' }))).toBe('CSRF_PREVENTED');
  expect(codeOf(get(query, { 'x-apollo-operation-name': '' }))).toBe('CSRF_PREVENTED');
  expect(codeOf(get(query, { 'x-apollo-operation-name': 'A' }))).toBe('none');
  expect(codeOf(get(query, { 'content-type': 'application/json' }))).toBe('none');
});
