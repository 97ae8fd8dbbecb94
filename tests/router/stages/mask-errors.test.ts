import { expect, test } from 'vitest';
import { createLog } from '../../../process/log.ts';
import { type Executed, type Extensions, NO_EXTENSIONS } from '../../../router/exchange.ts';
import type { ExecutionError } from '../../../router/execution/run.ts';
import { maskErrors } from '../../../router/stages/mask-errors.ts';

const POLICY = { maxAgeS: 60, scope: 'PUBLIC', staleIfErrorS: 0 } as const;

const ERROR: ExecutionError = { message: 'Gone', path: ['a'], extensions: {}, service: 'users' };

const executed = (
  errors: readonly ExecutionError[],
  extensions: Extensions = NO_EXTENSIONS,
): Executed =>
  // The stage reads these alone.
  ({
    extensions,
    prepared: { policy: POLICY },
    outcome: { kind: 'single', answer: { data: '{"a":1}', errors, degraded: [] } },
  }) as unknown as Executed;

const mask = (error: ExecutionError, showSubgraphErrors: boolean) => {
  const log = createLog('test', 'silent');
  const results = maskErrors(executed([error]), { showSubgraphErrors }, log);
  return results.kind === 'single' ? JSON.parse(results.result).errors[0] : undefined;
};

test('errors of the catalogue pass, without what only operators should see', () => {
  const error = {
    message: 'Log in first.',
    path: ['me'],
    extensions: { code: 'UNAUTHENTICATED', stacktrace: ['at /srv/users.js'] },
    service: 'users',
  };
  expect(mask(error, false)).toEqual({
    message: 'Log in first.',
    path: ['me'],
    extensions: { code: 'UNAUTHENTICATED', service: 'users' },
  });
});

test.each([{}, { code: 'INTERNAL_SERVER_ERROR' }])(
  'what was not meant for clients is masked behind an id (%j)',
  (extensions) => {
    const error = {
      message: 'connect ECONNREFUSED 10.0.0.7:5432',
      path: ['me'],
      extensions,
      service: 'users',
    };
    const masked = mask(error, false);
    expect(masked?.message).toBe('Something went wrong on our side.');
    expect(masked?.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      service: 'users',
      errorId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  },
);

test('codes that only the subgraph knows are shown or hidden as the setting says', () => {
  const error = {
    message: 'Out of ink',
    path: ['print'],
    extensions: { code: 'OUT_OF_INK', exception: { host: 'printer-3' } },
    service: 'printer',
  };
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

test('what stages have to say of an answer stands in its extensions', () => {
  const log = createLog('test', 'silent');
  const said = executed([], { weight: ({ data }) => data.length, who: () => 'me' });
  expect(maskErrors(said, { showSubgraphErrors: false }, log)).toEqual({
    kind: 'single',
    result: '{"data":{"a":1},"extensions":{"weight":7,"who":"me"}}',
    policy: POLICY,
  });
  expect(maskErrors(executed([]), { showSubgraphErrors: false }, log)).toEqual({
    kind: 'single',
    result: '{"data":{"a":1}}',
    policy: POLICY,
  });
});

test('an answer of which something is missing is not kept by whoever gets it', () => {
  const log = createLog('test', 'silent');
  const results = maskErrors(executed([ERROR]), { showSubgraphErrors: true }, log);
  expect(results).toMatchObject({ policy: null });
});
