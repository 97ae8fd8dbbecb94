import { definitionOf, type Named, type SubgraphSchema } from '../../composition/definitions.ts';
import { locationOf, type Place, placeAt } from '../../composition/place.ts';

/**
 * Where a change was made: what the coordinate names in the subgraphs that have it now, or had it before; where it is gone,
 * the nearest that is left there, such as the type of a field.
 *
 * @param coordinate `Type`, `Type.field`, `Enum.VALUE`, or `Type.field.argument`
 */
export const whereIs = (
  coordinate: string,
  before: readonly SubgraphSchema[],
  after: readonly SubgraphSchema[],
): readonly Place[] => {
  const [whole = '', ...wider] = coordinatesUpFrom(coordinate);
  const there = placesOf(whole, after);
  if (there.length > 0) return there;
  const owners = before.filter((each) => definitionOf(each, whole) !== undefined);
  const names = new Set(owners.map(({ name }) => name));
  const left = after.filter(({ name }) => names.size === 0 || names.has(name));
  const nearest = wider.map((each) => placesOf(each, left)).find((places) => places.length > 0);
  return nearest ?? placesOf(whole, owners);
};

/** `Type.field.argument` as `Type.field(argument:)`, `Type.field` and `Type`. */
const coordinatesUpFrom = (coordinate: string): readonly string[] => {
  const [type = '', field, argument] = coordinate.split('.');
  return [
    ...(argument === undefined ? [] : [`${type}.${field}(${argument}:)`]),
    ...(field === undefined ? [] : [`${type}.${field}`]),
    type,
  ];
};

const placesOf = (coordinate: string, subgraphs: readonly SubgraphSchema[]): readonly Place[] =>
  subgraphs.flatMap((subgraph) => {
    const defined: Named | undefined = definitionOf(subgraph, coordinate);
    const loc = defined && locationOf(defined);
    return loc === undefined ? [] : [placeAt(loc, subgraph.name)];
  });
