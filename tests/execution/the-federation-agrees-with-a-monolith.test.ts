import fc from 'fast-check';
import { test } from 'vitest';
import { createStages, type Stage, trialParameters, trials } from './trials.ts';

test('a federation gives the data that one schema over the same world gives', async () => {
  await using stages = createStages();
  await fc.assert(
    fc.asyncProperty(trials, async (trial) => compare(await stages.setUp(trial, 'monolith'))),
    trialParameters(300),
  );
}, 3_600_000);

const compare = async ({ runs, invalid, description }: Stage): Promise<void> => {
  if (invalid.length > 0) throw new Error([description, ...invalid].join('\n'));
  for (const { seed, byMonolith, byEngine } of runs) {
    const expected = JSON.stringify(byMonolith());
    const { data, errors = [] } = await byEngine();
    const actual = JSON.stringify({ ...(errors.length > 0 && { errors }), data });
    if (actual === expected) continue;
    throw new Error(`${description}\nseed ${seed}\nmonolith: ${expected}\nfederation: ${actual}`);
  }
};
