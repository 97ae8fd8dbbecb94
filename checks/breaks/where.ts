import { definitionOf, type SubgraphSchema } from '../../composition/definitions.ts';
import { locationOf, type Place, placeAt } from '../../composition/place.ts';

/**
 * Where a coordinate is defined: in each subgraph that has it, or the nearest that is there, which is the type of a field
 * that was removed.
 *
 * @param coordinate `Type`, `Type.field` or `Type.field.argument`, also of input fields and enum values
 */
export const whereIs = (
  coordinate: string,
  subgraphs: readonly SubgraphSchema[],
): readonly Place[] => {
  const [type = '', field, argument] = coordinate.split('.');
  const nearest = [
    ...(argument === undefined ? [] : [`${type}.${field}(${argument}:)`]),
    ...(field === undefined ? [] : [`${type}.${field}`]),
    type,
  ];
  for (const each of nearest) {
    const places = subgraphs.flatMap((subgraph) => {
      const defined = definitionOf(subgraph, each);
      const loc = defined === undefined ? undefined : locationOf(defined);
      return loc === undefined ? [] : [placeAt(loc, subgraph.name)];
    });
    if (places.length > 0) return places;
  }
  return [];
};
