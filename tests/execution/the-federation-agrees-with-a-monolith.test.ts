import fc from 'fast-check';
import { test } from 'vitest';
import { createStages, trialParameters, trials } from './trials.ts';

test('a federation gives the data that one schema over the same world gives', async () => {
  await using stages = createStages();
  await fc.assert(
    fc.asyncProperty(trials, async (trial) => {
      const stage = await stages.setUp(trial, { faults: false });
      const expected = JSON.stringify(stage.byMonolith());
      const { data, errors = [] } = await stage.byEngine();
      const actual = JSON.stringify({ ...(errors.length > 0 && { errors }), data });
      if (actual === expected) return;
      throw new Error(`${stage.description}\nmonolith: ${expected}\nfederation: ${actual}`);
    }),
    trialParameters(1_000),
  );
}, 600_000);
