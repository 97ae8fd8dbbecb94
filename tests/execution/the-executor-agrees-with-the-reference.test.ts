import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { test } from 'vitest';
import { comparable } from './comparison.ts';
import { createStages, trialParameters, trials } from './trials.ts';

test('random operations over misbehaving subgraphs get the data and errors of the reference', async () => {
  await using stages = createStages();
  await fc.assert(
    fc.asyncProperty(trials, async (trial) => {
      const stage = await stages.setUp(trial, { faults: true });
      if (stage.invalid.length > 0) throw new Error(`${stage.description}\n${stage.invalid}`);
      const expected = comparable(await stage.byReference());
      const actual = comparable(await stage.byEngine());
      if (isDeepStrictEqual(actual, expected)) return;
      const show = (value: unknown): string => JSON.stringify(value, null, 1);
      throw new Error(
        `${stage.description}\nreference: ${show(expected)}\nengine: ${show(actual)}`,
      );
    }),
    trialParameters(2_000),
  );
}, 600_000);
