import { expect, test } from 'vitest';
import { buildFederation } from './federations/build.ts';
import { createReference } from './reference/reference.ts';
import { faultsOf } from './world/faults.ts';
import { askMonolith } from './world/monolith.ts';
import { serveSubgraphs } from './world/subgraph.ts';
import { createWorlds } from './world/world.ts';
import { WRONG_PLANS } from './wrong-plans/all.ts';

// Were one of these planned rightly, by a newer planner, its correction could go.

const SEED = 3;

test.each(WRONG_PLANS.filter(({ outcome }) => outcome === 'another-answer'))(
  '$source.name gives another answer than one schema',
  async ({ source, document, variables = {} }) => {
    const federation = buildFederation(source);
    const world = createWorlds(federation)(SEED);
    const operation = { document, variables, operationName: undefined };
    const right = askMonolith(federation, world, operation);
    expect(right.errors).toBeUndefined();

    const run = createReference(federation.supergraphSdl)(document);
    const { data } = await run(variables, serveSubgraphs(federation)(world, faultsOf(0)));
    expect(JSON.stringify(data)).not.toBe(JSON.stringify(right.data));
  },
);

// Those of which the planning never ends are not tried: each would take seconds and gigabytes.
test.each(WRONG_PLANS.filter(({ outcome }) => outcome === 'planning-fails'))(
  '$source.name cannot be planned',
  ({ source, document }) => {
    const reference = createReference(buildFederation(source).supergraphSdl);
    expect(() => reference(document)).toThrow();
  },
);
