import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import type { GraphqlRequest, Identified, Prepared } from '../exchange.ts';
import { Refusal, refusal, routerError } from '../refusal.ts';
import type { Generation, PreparedDocument } from '../supergraph/generation.ts';

/** Many times what a page asks for; what is longer multiplies work, as by thousands of aliases. */
const MAX_TOKENS = 5_000;

/** Past this many errors a document has been told enough about. */
const MAX_VALIDATION_ERRORS = 20;

/**
 * Parses and validates the document, or finds that this was done before, chooses the operation, and
 * checks the variables.
 *
 * @throws Refusal where the document, the operation's name or a variable does not fit the schema.
 */
export const prepare = (
  identified: Identified,
  generation: Generation,
  settings: { readonly explorer: boolean },
): Prepared => {
  const { request } = identified;
  const known = generation.documents.get(request.query);
  const prepared = known ?? parseAndValidate(request.query, generation, settings);
  if (known === undefined) generation.documents.set(request.query, prepared);

  const operation = chooseOperation(prepared.document, request);
  if (generation.schema.getRootType(operation.operation) == null) {
    throw refusal('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation.operation}s.`);
  }
  if (identified.http.method === 'GET' && operation.operation !== 'query') {
    throw refusal('METHOD_NOT_ALLOWED');
  }
  checkVariables(generation, operation, request);
  return { ...identified, generation, prepared, operation };
};

const parseAndValidate = (
  text: string,
  { schema }: Generation,
  settings: { readonly explorer: boolean },
): PreparedDocument => {
  const document = parseText(text);
  const rules = settings.explorer
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const errors = validate(schema, document, rules, { maxErrors: MAX_VALIDATION_ERRORS });
  if (errors.length > 0) throw refused('GRAPHQL_VALIDATION_FAILED', errors);
  return { document, hash: createHash('sha256').update(text).digest('hex') };
};

const parseText = (text: string): DocumentNode => {
  try {
    return parse(text, { maxTokens: MAX_TOKENS });
  } catch (error) {
    throw refused('GRAPHQL_PARSE_FAILED', [error as GraphQLError]);
  }
};

const chooseOperation = (
  document: DocumentNode,
  { operationName }: GraphqlRequest,
): OperationDefinitionNode => {
  const operation = getOperationAST(document, operationName);
  if (operation != null) return operation;
  const names = document.definitions.flatMap((each) =>
    each.kind === 'OperationDefinition' ? (each.name?.value ?? []) : [],
  );
  throw refusal(
    'OPERATION_RESOLUTION_FAILURE',
    `${ERRORS.OPERATION_RESOLUTION_FAILURE.message} The document has: ${names.join(', ')}.`,
  );
};

const checkVariables = (
  { schema }: Generation,
  operation: OperationDefinitionNode,
  { variables }: GraphqlRequest,
): void => {
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
    maxErrors: MAX_VALIDATION_ERRORS,
  });
  if (errors !== undefined) throw refused('BAD_USER_INPUT', errors);
};

/** graphql-js's own errors, under a code of the catalogue. */
const refused = (code: ErrorCode, errors: readonly GraphQLError[]): Refusal =>
  new Refusal(
    code,
    errors.map(({ message, source, positions }) =>
      routerError(code, message, {
        ...(source !== undefined && { source }),
        ...(positions !== undefined && { positions }),
      }),
    ),
  );
