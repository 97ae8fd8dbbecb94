import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { createLog } from '../../../process/log.ts';
import type { Executed } from '../../../router/exchange.ts';
import { maskErrors } from '../../../router/stages/mask-errors.ts';

const executed = (error: GraphQLError): Executed =>
  // The stage reads the result alone.
  ({ result: { data: null, errors: [error] } }) as unknown as Executed;

const mask = (error: GraphQLError, showSubgraphErrors: boolean) =>
  maskErrors(executed(error), { showSubgraphErrors }, createLog('test', 'silent')).errors?.[0];

test('errors of the catalogue pass, without what only operators should see', () => {
  const error = new GraphQLError('Log in first.', {
    path: ['me'],
    extensions: { code: 'UNAUTHENTICATED', serviceName: 'users', stacktrace: ['at /srv/users.js'] },
  });
  expect(mask(error, false)).toEqual({
    message: 'Log in first.',
    path: ['me'],
    extensions: { code: 'UNAUTHENTICATED', service: 'users' },
  });
});

test('what the router itself did not expect is masked behind an id', () => {
  const masked = mask(new GraphQLError('connect ECONNREFUSED 10.0.0.7:5432'), true);
  expect(masked?.message).toBe('Something went wrong on our side.');
  expect(masked?.extensions).toEqual({
    code: 'INTERNAL_SERVER_ERROR',
    errorId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test('codes that only the subgraph knows are shown or hidden as the setting says', () => {
  const error = new GraphQLError('Out of ink', {
    path: ['print'],
    extensions: { code: 'OUT_OF_INK', serviceName: 'printer', exception: { host: 'printer-3' } },
  });
  expect(mask(error, true)).toEqual({
    message: 'Out of ink',
    path: ['print'],
    extensions: { code: 'OUT_OF_INK', service: 'printer' },
  });
  expect(mask(error, false)).toMatchObject({
    message: 'Something went wrong on our side.',
    extensions: { code: 'INTERNAL_SERVER_ERROR', service: 'printer' },
  });
});
