import { type GraphQLSchema, isInputObjectType, type OperationDefinitionNode } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import type { Variables } from '../execution/run.ts';
import { isInherited, isObject } from '../execution/tree.ts';
import { MAX_VALIDATION_ERRORS, refused } from '../refusal.ts';

const NONE: Variables = {};

/**
 * Variables as graphql-js coerces them, with their defaults.
 *
 * @throws Refusal where one does not fit its type
 */
export const coerceVariables = (
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): Variables => {
  if (variableDefinitions.length === 0) return NONE;
  const own = hasInheritedNames(schema) ? withoutPrototypes(variables) : variables;
  const { errors, coerced } = getVariableValues(schema, variableDefinitions, own, {
    maxErrors: MAX_VALIDATION_ERRORS,
  });
  if (errors !== undefined) throw refused('BAD_USER_INPUT', errors);
  return coerced;
};

const known = new WeakMap<GraphQLSchema, boolean>();

/** Whether an input object has a field that every JavaScript object seems to have. */
const hasInheritedNames = (schema: GraphQLSchema): boolean => {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const found = Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .some((type) => Object.keys(type.getFields()).some(isInherited));
  known.set(schema, found);
  return found;
};

/** graphql-js reads members of input objects through their prototypes. */
const withoutPrototypes = (variables: Variables): Variables => bare(variables) as Variables;

const bare = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(bare);
  if (!isObject(value)) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(value)) copy[name] = bare(value[name]);
  return copy;
};
