import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'graphql';
import {
  fetchesIn,
  type PlanCost,
  type PlannedFetch,
  costOf as planCostOf,
} from '../../checks/costs/measure.ts';
import type { RegisteredOperation } from '../../checks/operations/read.ts';
import { openGeneration, prepare } from '../../checks/planned.ts';
import { amountFor } from '../../router/cost/amount.ts';
import { costOf } from '../../router/cost/cost-of.ts';
import { startPlanner } from '../../router/supergraph/planner.ts';
import { readClientApi } from '../supergraph.ts';

/** What an operation takes. */
export interface Estimate {
  readonly fetches: readonly PlannedFetch[];
  readonly plan: PlanCost;
  /** By `@cost` and `@listSize`, with variables that were made up; null where the router would refuse to say. */
  readonly cost: number | null;
}

/** What operations are held against. */
export interface Workshop {
  /** What the senders of an application see. */
  readonly schemaFor: (sender: RegisteredOperation['sender']) => GraphQLSchema;
  /** @returns why not, where the router would refuse it */
  readonly estimate: (operation: RegisteredOperation) => Promise<Estimate | string>;
}

const PLANNING_TIMEOUT_MS = 30_000;
/** What the router takes for the length of a list that says nothing of it. */
const ASSUMED_LIST_SIZE = 10;

/** Opens a supergraph for as long as `use` takes. */
export const withWorkshop = async (
  settings: { readonly supergraph: string; readonly checks: string },
  use: (workshop: Workshop) => Promise<void>,
): Promise<void> => {
  const api = await readClientApi(settings.supergraph, settings.checks);
  const planner = startPlanner({ planningTimeoutMs: PLANNING_TIMEOUT_MS });
  try {
    const generation = await openGeneration(api.supergraph, planner, () => askNobody);
    const whole = buildSchema(generation.facts.apiSdl, { assumeValid: true });
    await use({
      schemaFor: (sender) => (sender === 'client' ? api.schema : whole),
      estimate: async (operation) => {
        const prepared = await prepare(generation, operation);
        if ('reason' in prepared) return prepared.reason;
        const { plan } = prepared.prepared;
        const cost = costIn(() =>
          amountFor(costOf(generation, prepared, ASSUMED_LIST_SIZE).expected, prepared.flags),
        );
        return { fetches: fetchesIn(plan), plan: planCostOf(plan), cost };
      },
    });
  } finally {
    await planner.close();
  }
};

const askNobody = () => Promise.reject(new Error('operations are only planned here'));

const costIn = (estimate: () => number): number | null => {
  try {
    return estimate();
  } catch {
    return null;
  }
};
