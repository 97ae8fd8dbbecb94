import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from 'graphql';
import type { ErrorCode } from '../../contract/errors.ts';
import { clientError } from './errors.ts';

/** A subscription that can be begun. */
export interface SubscriptionRequest {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

export interface RefusedRequest {
  readonly errors: readonly GraphQLFormattedError[];
}

const refused = (code: ErrorCode, ...errors: readonly GraphQLError[]): RefusedRequest => ({
  errors: errors.map((error) => ({ ...error.toJSON(), extensions: { code } })),
});

/**
 * Finds what is wrong with a request for a subscription before a resolver is asked; by the codes
 * that Apollo Server gives for queries.
 *
 * @param body of a GraphQL request, parsed from JSON
 */
export const checkSubscription = (
  schema: GraphQLSchema,
  body: unknown,
): SubscriptionRequest | RefusedRequest => {
  const { query, operationName, variables }: Record<string, unknown> = Object(body);
  const name = operationName ?? undefined;
  const variableValues: unknown = variables ?? {};
  if (typeof query !== 'string' || !isOptionalString(name) || !isRecord(variableValues)) {
    return refused('BAD_REQUEST', clientError('BAD_REQUEST'));
  }
  const document = parseDocument(query);
  if ('errors' in document) return document;
  const wrong = validate(schema, document);
  if (wrong.length > 0) return refused('GRAPHQL_VALIDATION_FAILED', ...wrong);

  const operation = getOperationAST(document, name);
  if (operation == null) {
    return refused('OPERATION_RESOLUTION_FAILURE', clientError('OPERATION_RESOLUTION_FAILURE'));
  }
  if (operation.operation !== 'subscription') {
    return refused('BAD_REQUEST', clientError('BAD_REQUEST', 'Only subscriptions are streamed.'));
  }
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues);
  if (coerced.errors !== undefined) return refused('BAD_USER_INPUT', ...coerced.errors);
  return { document, operationName: name, variableValues };
};

const parseDocument = (text: string): DocumentNode | RefusedRequest => {
  try {
    return parse(text);
  } catch (error) {
    // The parser throws nothing else.
    return refused('GRAPHQL_PARSE_FAILED', error as GraphQLError);
  }
};

const isOptionalString = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
