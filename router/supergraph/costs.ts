import type { Directive, Supergraph } from '@apollo/federation-internals';
import type { CostFacts, ListSize } from '../cost/cost-facts.ts';

/**
 * What a supergraph says of what things cost: `@cost` and `@listSize` of
 * https://specs.apollo.dev/cost/v0.1, under whatever names it imports them. What an interface says of a
 * field goes for the objects that say nothing of it.
 */
export const costsOf = (supergraph: Supergraph): CostFacts => {
  const weights = byCoordinate(supergraph, 'cost', ({ weight }) => Number(weight));
  const listSizes = byCoordinate(supergraph, 'listSize', listSizeOf);
  for (const type of supergraph.schema.interfaceTypes()) {
    for (const object of type.possibleRuntimeTypes()) {
      for (const field of type.fields()) {
        inherit(weights, `${type.name}.${field.name}`, `${object.name}.${field.name}`);
        inherit(listSizes, `${type.name}.${field.name}`, `${object.name}.${field.name}`);
      }
    }
  }
  return { weights, listSizes };
};

const inherit = <Value>(all: Record<string, Value>, from: string, to: string): void => {
  const value = all[from];
  if (value !== undefined) all[to] ??= value;
};

type Arguments = Readonly<Record<string, unknown>>;

const byCoordinate = <Value>(
  { schema }: Supergraph,
  name: string,
  read: (args: Arguments) => Value,
): Record<string, Value> => {
  const feature = schema.coreFeatures?.getByIdentity('https://specs.apollo.dev/cost');
  const directive = feature && schema.directive(feature.directiveNameInSchema(name));
  const found: Record<string, Value> = {};
  for (const applied of directive?.applications() ?? []) {
    const coordinate = coordinateOf(applied);
    if (coordinate !== undefined) found[coordinate] = read(applied.arguments(true));
  }
  return found;
};

/** Of a type, a field, an argument or an input field. */
const coordinateOf = ({ parent }: Directive): string | undefined => {
  const { coordinate } = Object(parent);
  return typeof coordinate === 'string' ? coordinate : undefined;
};

const listSizeOf = (args: Arguments): ListSize => ({
  assumedSize: typeof args['assumedSize'] === 'number' ? args['assumedSize'] : null,
  slicingArguments: namesIn(args['slicingArguments']),
  sizedFields: namesIn(args['sizedFields']),
  requireOneSlicingArgument: args['requireOneSlicingArgument'] !== false,
});

const namesIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);
