import type { Directive, Supergraph } from '@apollo/federation-internals';
import type { CostFacts, ListSize } from '../cost/cost-facts.ts';

/**
 * What a supergraph says of what things cost: `@cost` and `@listSize` of
 * https://specs.apollo.dev/cost/v0.1, under whatever names it imports them. How long a
 * list of an interface is goes for the objects that say nothing of it (an interface has no weights).
 *
 * @returns null where it says nothing of them
 */
export const costsOf = ({ schema }: Supergraph): CostFacts | null => {
  const feature = schema.coreFeatures?.getByIdentity('https://specs.apollo.dev/cost');
  if (feature === undefined) return null;
  const applications = (name: string): readonly Directive[] => [
    ...(schema.directive(feature.directiveNameInSchema(name))?.applications() ?? []),
  ];
  const weights = byCoordinate(applications('cost'), ({ weight }) => Number(weight));
  const listSizes = byCoordinate(applications('listSize'), listSizeOf);
  for (const type of schema.interfaceTypes()) {
    for (const field of type.fields()) {
      const size = listSizes[field.coordinate];
      if (size === undefined) continue;
      for (const { name } of type.possibleRuntimeTypes()) {
        listSizes[`${name}.${field.name}`] ??= size;
      }
    }
  }
  return { weights, listSizes };
};

type Arguments = Readonly<Record<string, unknown>>;

const byCoordinate = <Value>(
  applications: readonly Directive[],
  read: (args: Arguments) => Value,
): Record<string, Value> => {
  const found: Record<string, Value> = {};
  for (const applied of applications) {
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
