import { composeSchemas } from '../../composition/compose.ts';
import type { SubgraphSchema } from '../../composition/definitions.ts';
import type { Planner } from '../../router/supergraph/planner.ts';
import { describe, plan } from '../../router/supergraph/planner-worker.ts';

/** The router's planner, in this thread. */
export const planner: Planner = {
  describe: async (request) => describe(request),
  plan: async (request) => JSON.parse(plan(request)),
  close: async () => {},
};

/** The SDL of the supergraph. @throws Error where they do not compose */
export const composed = (subgraphs: readonly SubgraphSchema[]): string => {
  const result = composeSchemas(subgraphs);
  if ('supergraph' in result) return result.supergraph;
  throw new Error(result.problems.map(({ message }) => message).join('\n'));
};
