import { expect, test } from 'vitest';
import { Refusal } from '../../router/refusal.ts';
import { startEngine } from '../kit/engine.ts';
import { buildFederation } from './federations/build.ts';
import { faultsOf } from './world/faults.ts';
import { askMonolith } from './world/monolith.ts';
import { serveSubgraphs } from './world/subgraph.ts';
import { createWorlds } from './world/world.ts';
import { WRONG_PLANS } from './wrong-plans/all.ts';
import type { WrongPlan } from './wrong-plans/wrong-plan.ts';

/** What cannot be planned rightly, and is refused. */
const REFUSED: ReadonlySet<string> = new Set([
  'arguments-of-two-requires',
  'required-of-an-interface-object',
  'required-of-one-implementation',
]);

const answers = async ({ source, document, variables = {} }: WrongPlan) => {
  const federation = buildFederation(source);
  const world = createWorlds(federation)(3);
  await using engine = await startEngine({
    supergraphSdl: federation.supergraphSdl,
    call: serveSubgraphs(federation)(world, faultsOf(0)),
    planningTimeoutMs: 2_000,
  });
  const right = askMonolith(federation, world, { document, variables, operationName: undefined });
  const given = await engine.run(document, { variables }).catch((error: unknown) => error);
  return { right, given };
};

test.each(WRONG_PLANS.filter(({ source }) => !REFUSED.has(source.name)))(
  '$source.name is answered as one schema would answer it',
  async (plan) => {
    const { right, given } = await answers(plan);
    expect(right.errors).toBeUndefined();
    expect(given).toEqual({ data: JSON.parse(JSON.stringify(right.data)), errors: [] });
  },
);

test.each(WRONG_PLANS.filter(({ source }) => REFUSED.has(source.name)))(
  '$source.name is refused rather than answered wrongly',
  async (plan) => {
    const { given } = await answers(plan);
    expect(given).toBeInstanceOf(Refusal);
    expect(given).toMatchObject({ code: 'OPERATION_NOT_PLANNABLE' });
  },
);
