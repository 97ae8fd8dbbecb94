import type { Planner } from '../../router/supergraph/planner.ts';
import type { Finding, Judged, Severity } from '../finding.ts';
import type { Budget } from '../operations/promises.ts';
import { nameOf, placesOf, type RegisteredOperation } from '../operations/read.ts';
import { openGeneration, prepare, type Unprepared } from '../planned.ts';
import { drawDifference, drawPlan, newHops } from './draw.ts';
import { costOf, fetchesIn, MEASURES, type PlanCost } from './measure.ts';
import { costMarkdown, costTable, type Planned, type Row } from './show.ts';

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
    if ('reason' in planned) {
      if (!planned.isMisfit) findings.push(notPlannable(operation, planned));
      continue;
    }
    const earlier = before === null ? null : await before(operation);
    const row = {
      operation,
      before: earlier === null || 'reason' in earlier ? null : earlier,
      after: planned,
    };
    rows.push(row);
    findings.push(...overBudget(row), ...changed(row));
  }
  return { findings, text: costTable(rows), markdown: costMarkdown(rows) };
};

type Plans = (operation: RegisteredOperation) => Promise<Planned | Unprepared>;

const openPlans = async (sdl: string, planner: Planner): Promise<Plans> => {
  const generation = await openGeneration(sdl, planner, askNobody);
  return async (operation) => {
    const prepared = await prepare(generation, operation);
    if ('reason' in prepared) return prepared;
    const { plan } = prepared.prepared;
    return { fetches: fetchesIn(plan), cost: costOf(plan) };
  };
};

const askNobody = () => () => Promise.reject(new Error('operations are only planned here'));

const notPlannable = (operation: RegisteredOperation, { reason }: Unprepared): Finding =>
  finding(operation, 'failure', {
    code: 'NOT_PLANNABLE',
    message: `${nameOf(operation)} cannot be planned: ${reason}`,
    cure: 'Look whether every field of it can be reached: that is where a way between subgraphs is missing.',
  });

const overBudget = ({ operation, after }: Row): readonly Finding[] =>
  MEASURES.flatMap((measure) => {
    const budget = operation.promises.budget[measure];
    const actual = after.cost[measure];
    if (budget === null || actual <= budget) return [];
    return finding(operation, 'failure', {
      code: 'BUDGET_EXCEEDED',
      message: `${nameOf(operation)} takes ${actual} ${WORDS[measure]}, and its budget is ${budget}:\n${drawPlan(after.fetches)}`,
      cure: `Let one subgraph give what takes the additional one, or write \`# budget: ${measure} ${actual}\`.`,
    });
  });

const WORDS: Readonly<Record<keyof Budget, string>> = {
  fetches: 'requests to subgraphs',
  depth: 'requests one after the other',
  entities: 'requests for entities',
};

const changed = ({ operation, before, after }: Row): readonly Finding[] => {
  if (before === null) return [];
  const hops = newHops(before.fetches, after.fetches);
  const differences = MEASURES.flatMap((measure) => {
    const [from, to] = [before.cost[measure], after.cost[measure]];
    return from === to
      ? []
      : [{ measure, to, grew: to > from, text: `${from} → ${to} ${WORDS[measure]}` }];
  });
  if (differences.length === 0) return [];
  const grew = differences.some((each) => each.grew);
  const told = differences.map(({ text }) => text).join(', ');
  return [
    finding(operation, grew ? 'warning' : 'note', {
      code: grew ? 'PLAN_GREW' : 'PLAN_SHRANK',
      message: [
        `${nameOf(operation)}: ${told}.${hops.length === 0 ? '' : ` New: ${hops.join('; ')}.`}`,
        drawDifference(before.fetches, after.fetches),
      ].join('\n'),
      cure: grew ? null : shrunkBudget(operation, after.cost),
    }),
  ];
};

const shrunkBudget = ({ promises }: RegisteredOperation, cost: PlanCost): string | null => {
  const wide = MEASURES.filter((measure) => (promises.budget[measure] ?? 0) > cost[measure]);
  if (wide.length === 0) return null;
  return `Keep what was won: \`# budget: ${MEASURES.map((measure) => `${measure} ${cost[measure]}`).join(', ')}\`.`;
};

const finding = (
  operation: RegisteredOperation,
  severity: Severity,
  told: { readonly code: CostCode; readonly message: string; readonly cure: string | null },
): Finding => ({
  part: 'costs',
  severity,
  ...told,
  places: placesOf(operation),
  operations: [nameOf(operation)],
});
