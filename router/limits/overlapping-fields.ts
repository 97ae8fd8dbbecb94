import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { refusal } from '../refusal.ts';

/** A field that a document asks for. */
interface Asked {
  readonly node: FieldNode;
  /** The type that it is asked of. */
  readonly parent: GraphQLNamedType | undefined;
  readonly type: GraphQLOutputType | undefined;
}

/** Fields by their name in the answer. */
type Groups = ReadonlyMap<string, readonly Asked[]>;

/** Two fields that have one name in the answer and cannot share it. */
interface Conflict {
  /** The names on the way to it, its own last. */
  readonly names: readonly string[];
  readonly reason: string;
  readonly nodes: readonly FieldNode[];
}

/**
 * How many fields are looked at. A document within its limits of size has a thousand, each looked at twice;
 * more often where one stands beside fragments for several types, in one another.
 */
const MOST_LOOKS = 50_000;

/**
 * Whether fields that have one name in the answer can share it (GraphQL, section 5.3.2), as graphql-js's
 * OverlappingFieldsCanBeMergedRule finds it. That compares each field with each other: a document of a few
 * kilobytes that asks for one object some hundred times costs it a tenth of a second. This compares all of one
 * name at once, with the first of them (after Simon Adameit's algorithm for Sangria,
 * https://tech.new-work.se/graphql-overlapping-fields-can-be-merged-fast-ea6e92e0a01): whatever place they stand in,
 * they have to be of one shape; where one object may answer several, they have to be the same field.
 *
 * @param document otherwise valid, so that its fragments have an end
 * @returns the first conflict of each operation
 * @throws Refusal where there are too many ways in which fields may stand beside one another
 */
export const overlappingFields = (
  schema: GraphQLSchema,
  document: DocumentNode,
): readonly GraphQLError[] => {
  const look = createLooks();
  const collect = createCollector(schema, document, look);
  const argumentsOf = createArgumentsOf();
  return document.definitions.flatMap((definition) => {
    if (definition.kind !== 'OperationDefinition') return [];
    const root = schema.getRootType(definition.operation) ?? undefined;
    const groups = collect([{ parent: root, set: definition.selectionSet }]);
    const conflict = fieldConflict(groups, collect, argumentsOf) ?? shapeConflict(groups, collect);
    return conflict === undefined ? [] : [errorOf(conflict)];
  });
};

type Collect = (
  sets: readonly {
    readonly parent: GraphQLNamedType | undefined;
    readonly set: SelectionSetNode;
  }[],
) => Groups;

const createLooks = (): (() => void) => {
  let looks = 0;
  return () => {
    looks += 1;
    if (looks <= MOST_LOOKS) return;
    const message = 'The operation asks for the same names in too many ways (MAX_HEIGHT).';
    throw refusal('OPERATION_TOO_LARGE', message, { limit: 'MAX_HEIGHT' });
  };
};

const createCollector = (
  schema: GraphQLSchema,
  document: DocumentNode,
  look: () => void,
): Collect => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) {
    if (each.kind === 'FragmentDefinition') fragments.set(each.name.value, each);
  }
  return (sets) => {
    const groups = new Map<string, Asked[]>();
    const spread = new Set<string>();
    const add = (parent: GraphQLNamedType | undefined, { selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        look();
        if (selection.kind === 'Field') {
          const name = (selection.alias ?? selection.name).value;
          const asked = { node: selection, parent, type: typeOf(parent, selection) };
          const group = groups.get(name);
          if (group === undefined) groups.set(name, [asked]);
          else group.push(asked);
        } else if (selection.kind === 'InlineFragment') {
          const condition = selection.typeCondition?.name.value;
          add(condition === undefined ? parent : schema.getType(condition), selection.selectionSet);
        } else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment === undefined) continue;
          add(schema.getType(fragment.typeCondition.name.value), fragment.selectionSet);
        }
      }
    };
    for (const { parent, set } of sets) add(parent, set);
    return groups;
  };
};

/** Undefined for `__typename` and introspection, whose types are what they are everywhere. */
const typeOf = (
  parent: GraphQLNamedType | undefined,
  { name }: FieldNode,
): GraphQLOutputType | undefined =>
  isObjectType(parent) || isInterfaceType(parent)
    ? parent.getFields()[name.value]?.type
    : undefined;

/** What is asked of the objects that the fields give. */
const inside = (group: readonly Asked[], collect: Collect): Groups =>
  collect(
    group.flatMap(({ node, type }) =>
      node.selectionSet === undefined
        ? []
        : [{ parent: type && getNamedType(type), set: node.selectionSet }],
    ),
  );

const shapeConflict = (groups: Groups, collect: Collect): Conflict | undefined => {
  for (const [name, group] of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const other = group.find(({ type }) => !haveOneShape(first.type, type));
    if (other !== undefined) {
      const reason = `they return conflicting types "${first.type}" and "${other.type}"`;
      return { names: [name], reason, nodes: [first.node, other.node] };
    }
    const within = shapeConflict(inside(group, collect), collect);
    if (within !== undefined) return withinField(name, group, within);
  }
  return undefined;
};

/** What conflicts within one field is told as if it stood alone. */
const withinField = (name: string, group: readonly Asked[], within: Conflict): Conflict =>
  group.length === 1 ? within : { ...within, names: [name, ...within.names] };

const haveOneShape = (
  one: GraphQLOutputType | undefined,
  other: GraphQLOutputType | undefined,
): boolean => {
  if (one === other || one === undefined || other === undefined) return true;
  if (isNonNullType(one) || isNonNullType(other)) {
    return isNonNullType(one) && isNonNullType(other) && haveOneShape(one.ofType, other.ofType);
  }
  if (isListType(one) || isListType(other)) {
    return isListType(one) && isListType(other) && haveOneShape(one.ofType, other.ofType);
  }
  return !isLeafType(one) && !isLeafType(other);
};

const fieldConflict = (
  groups: Groups,
  collect: Collect,
  argumentsOf: ArgumentsOf,
): Conflict | undefined => {
  for (const [name, group] of groups) {
    for (const together of answeredTogether(group)) {
      const [first] = together;
      if (first === undefined) continue;
      const other = together.find(({ node }) => !isSameField(first.node, node, argumentsOf));
      if (other !== undefined) {
        const nodes = [first.node, other.node];
        return { names: [name], reason: difference(first.node, other.node), nodes };
      }
      const within = fieldConflict(inside(together, collect), collect, argumentsOf);
      if (within !== undefined) return withinField(name, together, within);
    }
  }
  return undefined;
};

/** Fields that one object may answer: those of each type of object, with those of types that it may also be of. */
const answeredTogether = (group: readonly Asked[]): readonly (readonly Asked[])[] => {
  const ofAny = group.filter(({ parent }) => !isObjectType(parent));
  const ofObjects = new Map<GraphQLNamedType, Asked[]>();
  for (const asked of group) {
    if (!isObjectType(asked.parent)) continue;
    const others = ofObjects.get(asked.parent);
    if (others === undefined) ofObjects.set(asked.parent, [...ofAny, asked]);
    else others.push(asked);
  }
  return ofObjects.size === 0 ? [ofAny] : [...ofObjects.values()];
};

/** Each field's arguments are written once, as they may be long. */
type ArgumentsOf = (node: FieldNode) => string;

const isSameField = (one: FieldNode, other: FieldNode, argumentsOf: ArgumentsOf): boolean =>
  one === other || (one.name.value === other.name.value && argumentsOf(one) === argumentsOf(other));

const difference = (one: FieldNode, other: FieldNode): string =>
  one.name.value === other.name.value
    ? 'they have differing arguments'
    : `"${one.name.value}" and "${other.name.value}" are different fields`;

const createArgumentsOf = (): ArgumentsOf => {
  const known = new Map<FieldNode, string>();
  return (node) => {
    const { arguments: given = [] } = node;
    if (given.length === 0) return '';
    const before = known.get(node);
    if (before !== undefined) return before;
    const written = given.map(({ name, value }) => `${name.value}: ${inOrder(value)}`).sort();
    const text = written.join(', ');
    known.set(node, text);
    return text;
  };
};

/** The same text for the same value, in whatever order the fields of its objects stand. */
const inOrder = (value: ValueNode): string => {
  if (value.kind === 'ListValue') return `[${value.values.map(inOrder).join(', ')}]`;
  if (value.kind !== 'ObjectValue') return print(value);
  const fields = value.fields.map((field) => `${field.name.value}: ${inOrder(field.value)}`);
  return `{${fields.sort().join(', ')}}`;
};

/** In graphql-js's words. */
const errorOf = ({ names, reason, nodes }: Conflict): GraphQLError => {
  const [outermost, ...inner] = names;
  const why = inner.reduceRight(
    (because, name) => `subfields "${name}" conflict because ${because}`,
    reason,
  );
  return new GraphQLError(
    `Fields "${outermost}" conflict because ${why}. Use different aliases on the fields to fetch both if this was intentional.`,
    { nodes },
  );
};
