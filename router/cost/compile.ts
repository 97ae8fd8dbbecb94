import {
  type DocumentNode,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { createCollector, type FieldNodes, type ObjectType } from '../execution/collect-fields.ts';
import { type Amount, largest, product, remembered, sum } from './amount.ts';
import { costOfArguments } from './arguments.ts';
import type { CostFacts, ListSize } from './cost-facts.ts';
import { expectedSize } from './list-size.ts';

/** What the fields asked of an object cost. */
export interface ObjectCost {
  /** What the object costs by its type, its fields apart. */
  readonly own: number;
  readonly fields: readonly FieldCost[];
  /** What all fields are expected to cost. */
  readonly expected: Amount;
}

/** What a field costs: its arguments each time that it is asked for, and what it gives for each thing. */
export interface FieldCost {
  readonly responseName: string;
  readonly arguments: Amount;
  /** What `@cost` says of the field. */
  readonly weight: number | undefined;
  /** What a leaf costs; `@cost` of the field apart. */
  readonly leaf: number;
  /** By type: the objects that the field may give; none of a leaf. */
  readonly objects: ReadonlyMap<string, ObjectCost>;
  readonly isTypename: boolean;
  /** What the field is expected to cost. */
  readonly expected: Amount;
}

/** What an operation costs. */
export interface OperationCost {
  /** What it costs whatever it asks for. */
  readonly base: number;
  readonly root: ObjectCost;
  /** What it is expected to cost; by some variables a Refusal, see `expectedSize`. */
  readonly expected: Amount;
}

/** What a cost is compiled from. */
export interface CostSource {
  readonly schema: GraphQLSchema;
  /** Without `@skip` and `@include`, which have been decided. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly facts: CostFacts;
  /** How long a list is taken to be that says nothing of its size. */
  readonly assumedListSize: number;
}

/** Lists in a field that `@listSize(sizedFields:)` of that field gives a size. */
interface Sized {
  readonly fields: readonly string[];
  readonly size: Amount;
  /** Another one for each field node. */
  readonly id: number;
}

/**
 * Compiles what an operation costs, by the rules of Apollo's router ("demand control",
 * https://www.apollographql.com/docs/graphos/routing/security/demand-control), which follow IBM's
 * specification (https://ibm.github.io/graphql-specs/cost-spec.html):
 *
 * - A mutation costs 10, an object 1, a scalar or an enum nothing; `@cost` of the field, else of its type,
 *   says otherwise. Arguments cost what arguments.ts says. `__typename` and introspection cost nothing.
 * - A list costs what one item does, times its size. `@listSize` gives the size: see list-size.ts. With
 *   `sizedFields` it is the size of those lists in what the field gives. Other lists are as long as the
 *   router is told to assume.
 *
 * Where Apollo's router counts more or less than can come, this counts what can come: fields that are
 * asked for several times under one name count once; of the types that an object may turn out to have,
 * the dearest counts; lists in lists are each of the assumed length; `@skip` and `@include` are decided.
 * It prices what the client asks, not the plan: keys and `@requires` cost nothing.
 */
export const compileCost = (source: CostSource): OperationCost => {
  const { schema, operation } = source;
  const type = schema.getRootType(operation.operation);
  if (type == null) throw new Error(`The schema has no ${operation.operation}s.`);
  const base = operation.operation === 'mutation' ? 10 : 0;
  const root = createCompiler(source)(type, [operation.selectionSet], null);
  return { base, root, expected: sum([base, root.expected]) };
};

type CompileObject = (
  type: ObjectType,
  sets: readonly SelectionSetNode[],
  sized: Sized | null,
) => ObjectCost;

const createCompiler = ({
  schema,
  document,
  facts,
  assumedListSize,
}: CostSource): CompileObject => {
  const { collect } = createCollector({
    schema,
    document,
    names: { unanswered: null },
    defers: false,
  });
  const identities = new Map<SelectionSetNode, number>();
  const identity = (set: SelectionSetNode): number => {
    const known = identities.get(set) ?? identities.size;
    identities.set(set, known);
    return known;
  };
  // The same selections on the same type are compiled once, as in shape.ts.
  const known = new Map<string, ObjectCost>();

  const compileObject: CompileObject = (type, sets, sized) => {
    const key = `${type.name} ${sized?.id ?? ''} ${sets.map(identity).join(' ')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const fields = [...collect(type, sets)].flatMap(([name, nodes]) =>
      fieldOf(type, name, nodes, sized),
    );
    const made = {
      own: facts.weights[type.name] ?? 1,
      fields,
      expected: remembered(sum(fields.map(({ expected }) => expected))),
    };
    known.set(key, made);
    return made;
  };

  const fieldOf = (
    parent: ObjectType,
    responseName: string,
    nodes: FieldNodes,
    sized: Sized | null,
  ): readonly FieldCost[] => {
    const [node] = nodes;
    const name = node.name.value;
    if (name === '__typename') return [{ ...FREE, responseName, isTypename: true }];
    const definition = parent.getFields()[name];
    // Introspection is answered by the router, and bounded by the schema.
    if (definition === undefined) return [];
    const coordinate = `${parent.name}.${name}`;
    const weight = facts.weights[coordinate];
    const listSize = facts.listSizes[coordinate];
    const size = listSize && expectedSize(coordinate, listSize, definition, node, assumedListSize);
    const objects = objectsOf(definition, nodes, sizedIn(listSize, size));
    const leaf = facts.weights[getNamedType(definition.type).name] ?? 0;
    const costOfArgs = costOfArguments(coordinate, definition, node, facts);
    const each =
      objects.size === 0
        ? (weight ?? leaf)
        : largest([...objects.values()].map(({ own, expected }) => sum([weight ?? own, expected])));
    const outer = sized?.fields.includes(name) === true ? sized.size : size;
    return [
      {
        responseName,
        arguments: costOfArgs,
        weight,
        leaf,
        objects,
        isTypename: false,
        expected: sum([
          costOfArgs,
          product(count(definition.type, outer ?? assumedListSize, assumedListSize), each),
        ]),
      },
    ];
  };

  const objectsOf = (
    { type }: GraphQLField<unknown, unknown>,
    nodes: FieldNodes,
    sized: Sized | null,
  ): ReadonlyMap<string, ObjectCost> => {
    const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    return new Map(
      objectTypesOf(schema, type).map((each) => [each.name, compileObject(each, sets, sized)]),
    );
  };

  let sizes = 0;
  const sizedIn = (listSize: ListSize | undefined, size: Amount | undefined): Sized | null => {
    if (listSize === undefined || size === undefined || listSize.sizedFields.length === 0) {
      return null;
    }
    sizes += 1;
    return { fields: listSize.sizedFields, size, id: sizes };
  };

  return compileObject;
};

const FREE: FieldCost = {
  responseName: '',
  arguments: 0,
  weight: undefined,
  leaf: 0,
  objects: new Map(),
  isTypename: false,
  expected: 0,
};

/** The types that an object can have there; an interface that no visible type implements stands for all. */
const objectTypesOf = (schema: GraphQLSchema, given: GraphQLOutputType): readonly ObjectType[] => {
  const type = getNamedType(given);
  if (isLeafType(type)) return [];
  if (isObjectType(type)) return [type];
  if (!isAbstractType(type)) return [];
  const possible = schema.getPossibleTypes(type);
  if (possible.length > 0 || !('getFields' in type)) return possible;
  return [type];
};

/** How many things a field of this type gives. */
const count = (given: GraphQLOutputType, outer: Amount, inner: Amount): Amount => {
  const type = getNullableType(given);
  return isListType(type) ? product(outer, count(type.ofType, inner, inner)) : 1;
};
