import { type Found, NO_EXTENSIONS, type Validated } from '../exchange.ts';
import { refusal } from '../refusal.ts';
import { type FindSettings, findOperation } from '../supergraph/find-operation.ts';
import type { Generation } from '../supergraph/generation.ts';
import { activeLabels, type DecideLabel } from '../supergraph/override-labels.ts';

/** What the stage needs of the router. */
interface Validating {
  readonly settings: FindSettings;
  readonly generation: () => Generation;
  readonly decideLabel: DecideLabel;
}

/**
 * Finds the operation, or reads it (parse, limit, validate, choose by name), and checks the variables.
 *
 * @throws Refusal where the document, the operation's name or a variable does not fit the schema.
 */
export const validate = (
  found: Found,
  { generation: current, settings, decideLabel }: Validating,
): Validated => {
  const generation = current();
  const { query, request, caller } = found;
  const { operationName, variables } = request;
  const wanted = {
    key: { query, operationName },
    variables,
    labels: activeLabels(generation.facts.overrideLabels, decideLabel, caller),
    caller,
  };
  const asked = findOperation(generation, wanted, settings);
  if (found.http.method === 'GET' && asked.operation.operation !== 'query') {
    throw refusal('METHOD_NOT_ALLOWED');
  }
  return { ...found, generation, wanted, asked, extensions: NO_EXTENSIONS };
};
