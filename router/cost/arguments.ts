import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  getNamedType,
  isInputObjectType,
  Kind,
  type ValueNode,
} from 'graphql';
import { isObject } from '../execution/tree.ts';
import { type Amount, sum } from './amount.ts';
import type { CostFacts } from './cost-facts.ts';

// An input object costs 1 and what its fields cost; a list what its items do; other values nothing.
// `@cost` on the argument, on the input field or on a scalar or enum says otherwise, and of a list it
// counts for the list and for every item. What is null or not given costs nothing.

/** What a field's arguments cost, each time that it is asked for. */
export const costOfArguments = (
  coordinate: string,
  { args }: GraphQLField<unknown, unknown>,
  { arguments: given = [] }: FieldNode,
  facts: CostFacts,
): Amount => {
  if (given.length === 0) return 0;
  return sum(
    given.flatMap(({ name, value }) => {
      const definition = args.find((each) => each.name === name.value);
      if (definition === undefined) return [];
      const place = placeOf(`${coordinate}(${name.value}:)`, definition.type, facts);
      return costOfNode(place, value, facts);
    }),
  );
};

/** Where an input value stands. */
interface Place {
  readonly type: GraphQLNamedInputType;
  /** What `@cost` says there, or on the type. */
  readonly weight: number | undefined;
}

const placeOf = (coordinate: string, given: GraphQLInputType, { weights }: CostFacts): Place => {
  const type = getNamedType(given);
  return { type, weight: weights[coordinate] ?? weights[type.name] };
};

/** Whether nothing that could stand there costs anything. */
const isFree = ({ type, weight = 0 }: Place): boolean => weight === 0 && !isInputObjectType(type);

const costOfNode = (place: Place, node: ValueNode, facts: CostFacts): Amount => {
  const { type, weight } = place;
  if (node.kind === Kind.NULL || isFree(place)) return 0;
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value;
    return ({ variables }) => costOfValue(place, variables[name], facts);
  }
  if (node.kind === Kind.LIST) {
    return sum([weight ?? 0, ...node.values.map((item) => costOfNode(place, item, facts))]);
  }
  if (!isInputObjectType(type) || node.kind !== Kind.OBJECT) return weight ?? 0;
  const fields = type.getFields();
  return sum([
    weight ?? 1,
    ...node.fields.flatMap(({ name, value }) => {
      const field = fields[name.value];
      if (field === undefined) return [];
      return costOfNode(placeOf(`${type.name}.${field.name}`, field.type, facts), value, facts);
    }),
  ]);
};

const costOfValue = (place: Place, value: unknown, facts: CostFacts): number => {
  const { type, weight } = place;
  if (value === null || value === undefined || isFree(place)) return 0;
  if (Array.isArray(value)) {
    return value.reduce(
      (total: number, item) => total + costOfValue(place, item, facts),
      weight ?? 0,
    );
  }
  if (!isInputObjectType(type) || !isObject(value)) return weight ?? 0;
  return Object.values(type.getFields()).reduce(
    (total, { name, type: given }) =>
      total + costOfValue(placeOf(`${type.name}.${name}`, given, facts), value[name], facts),
    weight ?? 1,
  );
};
