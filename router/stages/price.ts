import { amountFor } from '../cost/amount.ts';
import type { OperationCost } from '../cost/compile.ts';
import { costOf } from '../cost/cost-of.ts';
import { maxCostOf } from '../cost/max-cost.ts';
import { measureCost } from '../cost/measure.ts';
import type { Extensions, HttpRequest, Priced, Validated } from '../exchange.ts';
import { refusal } from '../refusal.ts';

interface Pricing {
  readonly settings: {
    /** 0 is no limit; null where it is not said. */
    readonly maxCost: number | null;
    readonly costPerMinute: number;
    readonly assumedListSize: number;
  };
}

/** With the value `report`, the answer tells what it cost. */
const COST_HEADER = 'emporium-cost';

/**
 * Estimates what the operation costs, by the schema's `@cost` and `@listSize` and its variables, before it is
 * planned; where nobody wants to know, it is not looked at. Services pay nothing: what they ask is registered.
 *
 * @throws Refusal where it costs more than an operation may, or does not say how much it asks for
 */
export const price = (validated: Validated, { settings }: Pricing): Priced => {
  const { http, caller, generation, asked, extensions } = validated;
  const max = maxCostOf(settings.maxCost, generation.facts);
  const reports = wantsReport(http);
  const isNeeded = max !== null || settings.costPerMinute > 0 || reports;
  if (!isNeeded || caller.viewer.kind === 'service') return { ...validated, cost: 0 };
  const operationCost = costOf(generation, asked, settings.assumedListSize);
  const cost = amountFor(operationCost.expected, asked.flags);
  if (max !== null && cost > max) throw tooExpensive(cost, max);
  if (!reports) return { ...validated, cost };
  const report = reportOf(operationCost, cost, max, asked.flags);
  return { ...validated, cost, extensions: { ...extensions, cost: report } };
};

const wantsReport = ({ headers }: HttpRequest): boolean => headers[COST_HEADER] === 'report';

const reportOf =
  (
    operationCost: OperationCost,
    estimated: number,
    max: number | null,
    flags: Validated['asked']['flags'],
  ): Extensions[string] =>
  ({ data }) => ({ estimated, actual: measureCost(operationCost, JSON.parse(data), flags), max });

const tooExpensive = (cost: number, max: number) =>
  refusal(
    'OPERATION_TOO_EXPENSIVE',
    `The operation costs ${cost}, and may cost ${max} (MAX_COST). Ask for shorter lists, or for fewer lists in lists.`,
    { limit: 'MAX_COST' },
  );
