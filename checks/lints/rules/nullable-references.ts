import { ownersOf } from '../owners.ts';
import { rule } from '../rule.ts';
import { fieldsOf, isNonNull, namedType } from '../select.ts';

/**
 * A field that leads to an entity of another subgraph is nullable: `OrderItem.product: Product!` takes the item, and
 * then the order, along when the catalogue is down, or knows the product no more.
 */
export const nullableReferences = rule({
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
      means: 'Coordinates that stay, such as `Review.author`.',
    },
  },
  judge: (linted, { owners, except }) => {
    const ownerOf = ownersOf(linted, owners);
    return fieldsOf(linted).flatMap((element) => {
      const { type, node, subgraph, coordinate } = element;
      const target = namedType(node.type);
      const owner = ownerOf(target);
      if (owner === null || owner === subgraph.name || !isNonNull(node.type)) return [];
      if (except.includes(coordinate) || subgraph.applied(node, 'external').length > 0) return [];
      // Root fields have a rule of their own.
      if (subgraph.rootOf(type.coordinate) !== null) return [];
      const message = `${coordinate} is not nullable, though ${target} is ${owner}'s: where ${owner} is down, the whole ${type.coordinate} is null.`;
      return [
        { element, at: node.type, message, cure: 'Take the last exclamation mark off its type.' },
      ];
    });
  },
});
