import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  Kind,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { numberOf } from '../mocks/chance.ts';
import { madeUp } from '../mocks/leaves.ts';

/**
 * Variables for an operation, the same at every run: those that it needs, and those that decide whether
 * something is asked at all, so that it is.
 */
export const variablesFor = (
  schema: GraphQLSchema,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): Readonly<Record<string, unknown>> => {
  const conditions = conditionsIn(document);
  const values = (definition.variableDefinitions ?? []).flatMap((each) => {
    const name = each.variable.name.value;
    const asked = conditions.get(name);
    if (asked !== undefined) return [[name, asked] as const];
    const type = inputTypeOf(schema, each);
    return isNeeded(each) && type !== null ? [[name, valueFor(type, name)] as const] : [];
  });
  return Object.fromEntries(values);
};

const isNeeded = ({ type, defaultValue }: VariableDefinitionNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined;

const inputTypeOf = (schema: GraphQLSchema, { type }: VariableDefinitionNode) => {
  // It takes every kind of type; its signatures are for one each.
  const found = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
  return isInputType(found) ? found : null;
};

/** What variables of `@skip` and `@include` have to be for everything to be asked. */
const conditionsIn = (document: DocumentNode): ReadonlyMap<string, boolean> => {
  const conditions = new Map<string, boolean>();
  visit(document, {
    Directive: ({ name, arguments: args = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args) {
        if (value.kind === Kind.VARIABLE)
          conditions.set(value.name.value, name.value === 'include');
      }
    },
  });
  return conditions;
};

const valueFor = (type: GraphQLInputType, name: string): unknown => {
  if (isNonNullType(type)) return valueFor(type.ofType, name);
  if (isListType(type)) return [valueFor(type.ofType, name)];
  if (!isInputObjectType(type)) {
    return madeUp({ type, owner: name, field: name, number: numberOf(name) });
  }
  const fields = Object.values(type.getFields()).filter(isRequiredInputField);
  return Object.fromEntries(fields.map((each) => [each.name, valueFor(each.type, each.name)]));
};
