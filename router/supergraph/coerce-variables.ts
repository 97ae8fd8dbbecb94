import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import type { Variables } from '../execution/run.ts';
import { MAX_VALIDATION_ERRORS, refused } from './prepare-operation.ts';

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
  const { errors, coerced } = getVariableValues(schema, variableDefinitions, variables, {
    maxErrors: MAX_VALIDATION_ERRORS,
  });
  if (errors !== undefined) throw refused('BAD_USER_INPUT', errors);
  return coerced;
};
