import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { test } from 'vitest';
import { comparable } from './comparison.ts';
import { createStages, type Stage, trialParameters, trials } from './trials.ts';

test('random operations over misbehaving subgraphs get the data and errors of the reference', async () => {
  await using stages = createStages();
  await fc.assert(
    fc.asyncProperty(trials, async (trial) => compare(await stages.setUp(trial, 'reference'))),
    trialParameters(600),
  );
}, 3_600_000);

const compare = async ({ runs, invalid, description }: Stage): Promise<void> => {
  if (invalid.length > 0) throw new Error([description, ...invalid].join('\n'));
  for (const { seed, byReference, byEngine } of runs) {
    const expected = comparable(await byReference());
    const actual = comparable(await byEngine());
    if (isDeepStrictEqual(actual, expected)) continue;
    const [reference, engine] = [expected, actual].map((each) => JSON.stringify(each, null, 1));
    throw new Error(`${description}\nseed ${seed}\nreference: ${reference}\nengine: ${engine}`);
  }
};
