import { expect, test } from 'vitest';
import { GUEST } from '../../../contract/viewer.ts';
import { createLog } from '../../../process/log.ts';
import { NO_POLICY } from '../../../router/authorization/guard.ts';
import { NO_OPERATIONS } from '../../../router/documents/registered.ts';
import { openGenerations } from '../../../router/supergraph/generations.ts';
import { type Planner, startPlanner } from '../../../router/supergraph/planner.ts';
import { prepareOperation } from '../../../router/supergraph/prepare-operation.ts';
import { supergraphFile } from '../../../router/supergraph/source.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { numbers } from './arrange.ts';

const SETTINGS = { explorer: true, documentLimits: null };

/** Apollo's planner, and what it was asked to plan. */
const countPlans = (planner: Planner) => {
  const planned: string[] = [];
  const counting: Planner = {
    ...planner,
    plan: (request) => {
      planned.push(request.document);
      return planner.plan(request);
    },
  };
  return { planned, counting };
};

const asked = (): never => {
  throw new Error('nobody is asked here');
};
const NOBODY = { call: asked, subscribe: asked, eventsFrom: 'nowhere' };

const startGenerations = () =>
  withCleanup(async ({ use, defer }) => {
    const federation = use(await startSmallFederation({ one: numbers({ one: 1, gone: 0 }) }));
    const planner = startPlanner({ planningTimeoutMs: 30_000 });
    defer(() => planner.close());
    const { planned, counting } = countPlans(planner);
    const generations = await openGenerations(
      supergraphFile(federation.supergraph, false),
      {
        planner: counting,
        connect: () => NOBODY,
        ignoreSecurityDirectives: false,
        decidePolicy: NO_POLICY,
        contract: { include: [], exclude: [] },
        registered: NO_OPERATIONS,
        permitClients: () => {},
        cacheStore: null,
        operationCacheBytes: 10_000_000,
      },
      SETTINGS,
      createLog('test', 'silent'),
    );
    defer(() => generations.close());
    const prepare = (query: string) => {
      const variables = query.includes('$on') ? { on: false } : {};
      const caller = { viewer: GUEST, clientAddress: null };
      const wanted = { key: { query, operationName: null }, variables, labels: [], caller };
      return prepareOperation(generations.current(), wanted, SETTINGS);
    };
    return { federation, generations, planned, prepare };
  });

test('what was asked before is planned before the swap, and not again when it is asked', async () => {
  await using started = await startGenerations();
  const { federation, generations, planned, prepare } = started;
  const queries = [
    '{ one }',
    '{ a: one }',
    '{ b: one gone }',
    'query ($on: Boolean!) { one @skip(if: $on) }',
  ];
  for (const query of queries) await prepare(query);
  expect(planned).toHaveLength(4);

  await federation.write(federation.compose({ one: numbers({ one: 1, two: 2 }) }));
  expect(await generations.reload()).toBe('swapped');
  const warmed = planned.splice(0).slice(4);
  expect(warmed.map((text) => text.replaceAll(/\s+/g, ' ')).sort()).toEqual([
    '{ a: one }',
    '{ one }',
    // Its condition was decided before.
    '{ one }',
  ]);
  for (const query of queries.filter((each) => !each.includes('gone'))) {
    expect(
      generations.current().clients.operations.get({ query, operationName: null }),
    ).toBeDefined();
    await prepare(query);
  }
  await expect(prepare('{ b: one gone }')).rejects.toThrow(/Cannot query field "gone"/);
  await prepare('{ two }');
  // Only what is new.
  expect(planned).toHaveLength(1);
});

test('where nothing changed, nothing is built', async () => {
  await using started = await startGenerations();
  const { generations, federation } = started;
  const before = generations.current();
  await federation.write(federation.sdl());
  expect(await generations.reload()).toBe('unchanged');
  expect(generations.current()).toBe(before);
});
