import type { Identified, Prepared } from '../exchange.ts';
import { refusal } from '../refusal.ts';
import { coerceVariables } from '../supergraph/coerce-variables.ts';
import type { Generation } from '../supergraph/generation.ts';
import type { OperationKey, PreparedOperation } from '../supergraph/operation-cache.ts';
import { activeLabels, type DecideLabel } from '../supergraph/override-labels.ts';
import { prepareOperation } from '../supergraph/prepare-operation.ts';

/** What the stage needs of the router. */
interface Preparing {
  readonly settings: { readonly explorer: boolean };
  readonly generation: () => Generation;
  readonly decideLabel: DecideLabel;
}

/**
 * Finds the prepared operation, or prepares it (parse, validate, plan, compile), and checks the
 * variables.
 *
 * @throws Refusal where the document, the operation's name or a variable does not fit the schema.
 */
export const prepare = async (
  identified: Identified,
  { generation: current, settings, decideLabel }: Preparing,
): Promise<Prepared> => {
  const generation = current();
  const { request, caller } = identified;
  const { query, operationName } = request;
  const labels = activeLabels(generation.facts.overrideLabels, decideLabel, caller);
  const key: OperationKey = { query, operationName, labels };
  const prepared =
    generation.operations.get(key) ?? (await prepareOperation(generation, key, settings));

  const { operation } = prepared;
  if (identified.http.method === 'GET' && operation.operation !== 'query') {
    throw refusal('METHOD_NOT_ALLOWED');
  }
  const flags = coerceVariables(generation.schema, operation, request.variables);
  return { ...identified, generation, key, prepared, flags, kind: kindOf(prepared, flags) };
};

const kindOf = ({ compiled }: PreparedOperation, flags: Prepared['flags']): Prepared['kind'] => {
  if (compiled.kind === 'subscription') return 'events';
  return compiled.isDeferred(flags) ? 'incremental' : 'single';
};
