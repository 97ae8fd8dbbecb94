import { amountFor } from '../cost/amount.ts';
import { costOf } from '../cost/cost-of.ts';
import { measureCost } from '../cost/measure.ts';
import type { HttpRequest, Priced, Validated } from '../exchange.ts';
import { refusal } from '../refusal.ts';

interface Pricing {
  readonly settings: {
    /** 0 is no limit. */
    readonly maxCost: number;
    readonly assumedListSize: number;
  };
}

/** With the value `report`, the answer tells what it cost. */
const COST_HEADER = 'emporium-cost';

/**
 * Estimates what the operation costs, by the schema's `@cost` and `@listSize` and its variables, before it is
 * planned. Services pay nothing: what they ask is registered.
 *
 * @throws Refusal where it costs more than an operation may, or does not say how much it asks for
 */
export const price = (validated: Validated, { settings }: Pricing): Priced => {
  const { caller, generation, asked, extensions } = validated;
  if (caller.viewer.kind === 'service') return { ...validated, cost: 0 };
  const operationCost = costOf(generation, asked, settings.assumedListSize);
  const estimated = amountFor(operationCost.expected, asked.flags);
  const max = settings.maxCost === 0 ? null : settings.maxCost;
  if (max !== null && estimated > max) throw tooExpensive(estimated, max);
  if (!wantsReport(validated.http)) return { ...validated, cost: estimated };
  const report = ({ data }: { readonly data: string }) => ({
    estimated,
    actual: measureCost(operationCost, JSON.parse(data), asked.flags),
    max,
  });
  return { ...validated, cost: estimated, extensions: { ...extensions, cost: report } };
};

const wantsReport = ({ headers }: HttpRequest): boolean => headers[COST_HEADER] === 'report';

const tooExpensive = (estimated: number, max: number) =>
  refusal(
    'OPERATION_TOO_EXPENSIVE',
    `The operation costs ${estimated}, and may cost ${max} (MAX_COST). Ask for shorter lists, or for fewer lists in lists.`,
    { limit: 'MAX_COST' },
  );
