import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMock } from '../../mocks/mock.ts';
import { FEDERATIONS } from '../execution/federations/all.ts';
import { buildFederation } from '../execution/federations/build.ts';
import type { FederationSource } from '../execution/federations/federation.ts';
import { hostile } from '../execution/federations/hostile.ts';
import { writeOperation } from '../execution/operations/operation.ts';
import { trialParameters, trials } from '../execution/trials.ts';
import { startEngine } from '../kit/engine.ts';

/** Mocks of all subgraphs of a federation, behind the router's executor. */
const open = async (source: FederationSource) => {
  const { apiSchema, documents, supergraphSdl } = buildFederation(source);
  const mocks = new Map(
    Object.entries(documents).map(([name, typeDefs]) => [name, createMock({ typeDefs })]),
  );
  const engine = await startEngine({
    supergraphSdl,
    call: async (subgraph, request) => mocks.get(subgraph)?.execute(request),
  });
  return { apiSchema, engine };
};

test('random operations over all that a federation can have are answered, twice the same', async () => {
  const opened = FEDERATIONS.map(open);
  await fc.assert(
    fc.asyncProperty(trials, async ({ federation: at, choices }) => {
      // graphql-js, which mocks are made with, takes names that objects inherit for values.
      fc.pre(FEDERATIONS[at] !== hostile);
      const set = await opened[at];
      if (set === undefined) throw new Error(`there is no federation ${at}`);
      const { document, ...request } = writeOperation(set.apiSchema, choices, []);
      const first = await set.engine.run(document, request);
      expect(
        first.errors,
        `${FEDERATIONS[at]?.name}\n${document}\n${JSON.stringify(request)}`,
      ).toEqual([]);
      expect(await set.engine.run(document, request)).toEqual(first);
    }),
    trialParameters(100),
  );
}, 600_000);
