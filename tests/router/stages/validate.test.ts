import { expect, test } from 'vitest';
import { postGraphql } from '../../kit/http.ts';
import { startTestRouter } from '../../kit/router.ts';

const post = (url: string, body: object, accept = 'application/graphql-response+json') =>
  postGraphql(`${url}/graphql`, JSON.stringify(body), { accept });

test('a document that does not parse or fit is refused with the place', async () => {
  await using router = await startTestRouter();
  const parse = await post(router.url, { query: '{ products( ' });
  expect(parse.status).toBe(400);
  expect(parse.errors?.[0]?.extensions?.['code']).toBe('GRAPHQL_PARSE_FAILED');

  const validate = await post(router.url, { query: '{ nothing }' });
  expect(validate.status).toBe(400);
  expect(validate.errors).toEqual([
    {
      message: 'Cannot query field "nothing" on type "Query".',
      locations: [{ line: 1, column: 3 }],
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
  ]);
});

test('several operations need a name that one of them has', async () => {
  await using router = await startTestRouter();
  const query = 'query A { __typename } query B { __typename }';
  const unnamed = await post(router.url, { query });
  expect(unnamed.errors?.[0]).toMatchObject({
    message: expect.stringContaining('A, B'),
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
  });
  const named = await post(router.url, { query, operationName: 'B' });
  expect(named.data).toEqual({ __typename: 'Query' });
});

test('variables that do not fit are refused before anything is fetched', async () => {
  await using router = await startTestRouter();
  const query = 'query ($id: ID!) { product(id: $id) { id } }';
  const missing = await post(router.url, { query });
  expect(missing.status).toBe(400);
  expect(missing.errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
});

test('clients that accept application/json only get errors with status 200', async () => {
  await using router = await startTestRouter();
  const { status, errors } = await post(router.url, { query: '{ nothing }' }, 'application/json');
  expect(status).toBe(200);
  expect(errors).toHaveLength(1);
});

test('introspection is for development', async () => {
  const query = '{ __schema { queryType { name } } }';
  await using development = await startTestRouter();
  expect((await post(development.url, { query })).data.__schema.queryType.name).toBe('Query');
  await using production = await startTestRouter({ explorer: false });
  const refused = await post(production.url, { query });
  expect(refused.errors?.[0]?.extensions?.['code']).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('a subscription is refused where the schema has none', async () => {
  await using router = await startTestRouter();
  const subscription = await post(router.url, { query: 'subscription { a }' });
  expect(subscription.status).toBe(400);
  expect(subscription.errors?.[0]?.extensions?.['code']).toBe('GRAPHQL_VALIDATION_FAILED');
});

test('a client may ask for its answer with a charset', async () => {
  await using router = await startTestRouter();
  for (const type of ['application/json', 'application/graphql-response+json']) {
    const { status, data } = await post(
      router.url,
      { query: '{ __typename }' },
      `${type}; charset=utf-8`,
    );
    expect([status, data]).toEqual([200, { __typename: 'Query' }]);
  }
});
