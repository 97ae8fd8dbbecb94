import { type Found, NO_EXTENSIONS, type Prepared } from '../exchange.ts';
import { refusal } from '../refusal.ts';
import type { Generation } from '../supergraph/generation.ts';
import { activeLabels, type DecideLabel } from '../supergraph/override-labels.ts';
import { type PrepareSettings, prepareOperation } from '../supergraph/prepare-operation.ts';

/** What the stage needs of the router. */
interface Preparing {
  readonly settings: PrepareSettings;
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
  found: Found,
  { generation: current, settings, decideLabel }: Preparing,
): Promise<Prepared> => {
  const generation = current();
  const { query, request, caller } = found;
  const { operationName, variables } = request;
  const wanted = {
    key: { query, operationName },
    variables,
    labels: activeLabels(generation.facts.overrideLabels, decideLabel, caller),
    caller,
  };
  const ready = await prepareOperation(generation, wanted, settings);
  if (found.http.method === 'GET' && ready.operation.operation !== 'query') {
    throw refusal('METHOD_NOT_ALLOWED');
  }
  const { kind } = ready.prepared.compiled;
  return { ...found, generation, wanted, ...ready, kind, extensions: NO_EXTENSIONS };
};
