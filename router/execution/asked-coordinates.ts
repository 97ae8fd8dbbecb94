import { Kind, parse, type SelectionSetNode } from 'graphql';

const ROOT_TYPES = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const;

/** What a fetch sends. */
interface Asked {
  readonly query: string;
  readonly kind: keyof typeof ROOT_TYPES;
}

const known = new WeakMap<Asked, readonly string[]>();

/**
 * The fields that a fetch is for, each with its type: `Query.items`, and of entities what is asked of
 * each, `Product.related`. Read from its document, which takes time; once.
 */
export const askedCoordinates = (operation: Asked): readonly string[] => {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const read = [...new Set(readCoordinates(operation))];
  known.set(operation, read);
  return read;
};

const readCoordinates = ({ query, kind }: Asked): readonly string[] =>
  parse(query, { noLocation: true }).definitions.flatMap((each) =>
    each.kind === Kind.OPERATION_DEFINITION
      ? coordinatesIn(each.selectionSet, ROOT_TYPES[kind])
      : [],
  );

const coordinatesIn = ({ selections }: SelectionSetNode, type: string): readonly string[] =>
  selections.flatMap((each): readonly string[] => {
    if (each.kind === Kind.FRAGMENT_SPREAD) return [];
    if (each.kind === Kind.INLINE_FRAGMENT) {
      return coordinatesIn(each.selectionSet, each.typeCondition?.name.value ?? type);
    }
    const name = each.name.value;
    if (name === '_entities' && each.selectionSet !== undefined) {
      return coordinatesIn(each.selectionSet, type);
    }
    return name === '__typename' ? [] : [`${type}.${name}`];
  });
