import type { FieldElement } from '../../schemas/inspect.ts';
import { ownersOf } from '../owners.ts';
import { rule } from '../rule.ts';
import { fieldsOf, groupBy, isNonNull } from '../select.ts';

/**
 * What a subgraph adds to an entity of another's is nullable: `Product.media: [Media!]!` of a service for pictures
 * takes the whole product along when pictures are down.
 */
export const nullableContributions = rule({
  severity: 'failure',
  options: {
    owners: {
      kind: 'words',
      default: [],
      means:
        'Whose an entity is, such as `Product=catalog`; else who describes the type, or has most of its fields.',
    },
    except: {
      kind: 'words',
      default: [],
      means: 'Coordinates that stay, such as `Product.related`.',
    },
  },
  judge: (linted, { owners, except }) => {
    const ownerOf = ownersOf(linted, owners);
    const everywhere = groupBy(fieldsOf(linted), ({ coordinate }) => coordinate);
    const isOwned = ({ coordinate, type }: FieldElement): boolean =>
      everywhere
        .get(coordinate)
        ?.some(({ subgraph }) => subgraph.name === ownerOf(type.coordinate)) ?? false;
    return fieldsOf(linted).flatMap((element) => {
      const { type, node, subgraph, coordinate } = element;
      const owner = ownerOf(type.coordinate);
      if (owner === null || owner === subgraph.name || !subgraph.isEntity(type.coordinate))
        return [];
      if (!isNonNull(node.type) || isOwned(element) || except.includes(coordinate)) return [];
      if (isKeyOrExternal(element)) return [];
      const message = `${coordinate} is not nullable, though ${type.coordinate} is ${owner}'s: where ${subgraph.name} is down, the whole ${type.coordinate} is null.`;
      return [
        { element, at: node.type, message, cure: 'Take the last exclamation mark off its type.' },
      ];
    });
  },
});

/** Those are not asked of this subgraph: it is told them. */
const isKeyOrExternal = ({ subgraph, type, node }: FieldElement): boolean => {
  if (subgraph.applied(node, 'external').length > 0) return true;
  const keys = subgraph.elements.flatMap((each) =>
    each.kind === 'type' && each.coordinate === type.coordinate
      ? subgraph.applied(each.node, 'key')
      : [],
  );
  const texts = keys.flatMap(({ arguments: args = [] }) =>
    args.flatMap(({ name, value }) =>
      name.value === 'fields' && 'value' in value ? [String(value.value)] : [],
    ),
  );
  return texts.some((text) => text.split(/[\s{}]+/).includes(node.name.value));
};
