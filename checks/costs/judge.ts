import { placeAt, type Place } from '../../composition/place.ts';
import type { Generation } from '../../router/supergraph/generation.ts';
import type { Planner } from '../../router/supergraph/planner.ts';
import type { Finding, Judged, Severity } from '../finding.ts';
import type { Budget } from '../operations/promises.ts';
import { nameOf, type RegisteredOperation } from '../operations/read.ts';
import { openGeneration, prepare } from '../planned.ts';
import { drawDifference, drawPlan, newHops } from './draw.ts';
import { costOf, fetchesIn, type PlanCost, type PlannedFetch } from './measure.ts';

/** What can be found of costs. */
export type CostCode =
  /** A plan takes more than its operation allows. */
  | 'BUDGET_EXCEEDED'
  /** A plan takes more than before. */
  | 'PLAN_GREW'
  /** A plan takes less than before. */
  | 'PLAN_SHRANK'
  /** The router would refuse the operation. */
  | 'NOT_PLANNABLE';

/** What is judged; SDL of supergraphs, `before` null where there is nothing to compare with. */
export interface CostQuestion {
  readonly before: string | null;
  readonly after: string;
  readonly operations: readonly RegisteredOperation[];
  readonly planner: Planner;
}

/** What one operation takes. */
interface Row {
  readonly operation: RegisteredOperation;
  readonly before: Planned | null;
  readonly after: Planned;
}

interface Planned {
  readonly fetches: readonly PlannedFetch[];
  readonly cost: PlanCost;
}

const MEASURES = ['fetches', 'depth', 'entities'] as const;

/**
 * Plans every registered operation as the router does, before the change and after it, and holds it to its budget.
 * What does not fit the schema any more is left to those who judge what breaks.
 *
 * @throws SettingsError where an SDL is no supergraph
 */
export const judgeCosts = async (question: CostQuestion): Promise<Judged> => {
  const { operations, planner } = question;
  const after = await openPlans(question.after, planner);
  const before = question.before === null ? null : await openPlans(question.before, planner);
  const rows: Row[] = [];
  const findings: Finding[] = [];
  for (const operation of operations) {
    const planned = await after(operation);
    if (typeof planned === 'string') {
      if (!planned.startsWith(MISFIT)) findings.push(notPlannable(operation, planned));
      continue;
    }
    const earlier = before === null ? null : await before(operation);
    const row = { operation, before: typeof earlier === 'string' ? null : earlier, after: planned };
    rows.push(row);
    findings.push(...overBudget(row), ...changed(row));
  }
  return { findings, text: textOf(rows), markdown: markdownOf(rows) };
};

/** How graphql-js begins to say that something does not fit a schema; see `misfits` in ../breaks. */
const MISFIT = 'misfit:';

type Plans = (operation: RegisteredOperation) => Promise<Planned | string>;

const openPlans = async (sdl: string, planner: Planner): Promise<Plans> => {
  const generation = await openGeneration(sdl, planner, askNobody);
  return async (operation) => planned(generation, operation);
};

const askNobody = () => () => Promise.reject(new Error('operations are only planned here'));

const planned = async (
  generation: Generation,
  operation: RegisteredOperation,
): Promise<Planned | string> => {
  if (!fits(generation, operation)) return MISFIT;
  const ready = await prepare(generation, operation, {});
  if (typeof ready === 'string') return ready;
  const { plan } = ready.prepared;
  return { fetches: fetchesIn(plan), cost: costOf(plan) };
};
