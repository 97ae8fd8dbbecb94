import { resolveConditions } from '../supergraph/corrections/resolve-conditions.ts';
import type { FoundOperation } from '../supergraph/find-operation.ts';
import type { Generation } from '../supergraph/generation.ts';
import { compileCost, type OperationCost } from './compile.ts';
import { NO_COST_FACTS } from './cost-facts.ts';

/** What an operation costs, kept with it from before or compiled now; its conditions decided. */
export const costOf = (
  { facts }: Pick<Generation, 'facts'>,
  { cached, flags, held, schema }: FoundOperation,
  assumedListSize: number,
): OperationCost => {
  const outcome = held.length === 0 ? '' : held.join(' ');
  const known = cached.costs.get(outcome);
  if (known !== undefined) return known;
  const { document, operation } = cached.parsed;
  const decided = resolveConditions(document, flags);
  const made = compileCost({
    schema,
    document: decided,
    operation: decided.definitions.find((each) => each.kind === operation.kind) ?? operation,
    facts: facts.costs ?? NO_COST_FACTS,
    assumedListSize,
  });
  cached.costs.set(outcome, made);
  return made;
};
