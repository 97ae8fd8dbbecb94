import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mocksOf } from '../../checks/survives/subgraphs.ts';
import { createMock, type Mock } from '../../mocks/mock.ts';
import { FEDERATIONS } from '../execution/federations/all.ts';
import { buildFederation } from '../execution/federations/build.ts';
import type { FederationSource } from '../execution/federations/federation.ts';
import { hostile } from '../execution/federations/hostile.ts';
import { writeOperation } from '../execution/operations/operation.ts';
import { trialParameters, trials } from '../execution/trials.ts';
import { startEngine } from '../kit/engine.ts';

/** Mocks of all subgraphs behind the router's executor: by their schemas, and by what these compose to. */
const open = async (source: FederationSource) => {
  const { apiSchema, documents, supergraphSdl } = buildFederation(source);
  const bySchemas = new Map(
    Object.entries(documents).map(([name, typeDefs]) => [name, createMock({ typeDefs })]),
  );
  const over = (mocks: ReadonlyMap<string, Mock>) =>
    startEngine({
      supergraphSdl,
      call: async (subgraph, request) => mocks.get(subgraph)?.execute(request),
    });
  return { apiSchema, engines: [await over(bySchemas), await over(mocksOf(supergraphSdl))] };
};

test('random operations over all that a federation can have are answered, twice the same', async () => {
  // graphql-js, which mocks are made with, takes names that objects inherit for values.
  const opened = FEDERATIONS.map((source) => (source === hostile ? null : open(source)));
  await fc.assert(
    fc.asyncProperty(trials, async ({ federation, choices }) => {
      const set = await opened[federation];
      fc.pre(set !== null && set !== undefined);
      const { document, ...request } = writeOperation(set.apiSchema, choices, []);
      for (const engine of set.engines) {
        const first = await engine.run(document, request);
        const words = [FEDERATIONS[federation]?.name, document, JSON.stringify(request)];
        expect(first.errors, words.join('\n')).toEqual([]);
        expect(await engine.run(document, request)).toEqual(first);
      }
    }),
    trialParameters(100),
  );
}, 600_000);
