import {
  type DocumentNode,
  GraphQLError,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import { labelDeferred } from '../execution/deferred-fragments.ts';
import { compileOperation } from '../execution/operation.ts';
import { Refusal, refusal, routerError } from '../refusal.ts';
import type { Generation } from './generation.ts';
import type { OperationKey, PreparedOperation } from './operation-cache.ts';
import { plannedText } from './planned-document.ts';

/** Many times what a page asks for; what is longer multiplies work, as by thousands of aliases. */
const MAX_TOKENS = 5_000;

/** Past this many errors a document has been told enough about. */
export const MAX_VALIDATION_ERRORS = 20;

/**
 * The operation, kept from before or prepared now: parsed, validated, chosen, planned, compiled.
 *
 * @throws Refusal where the document or the operation's name does not fit the schema.
 */
export const prepareOperation = (
  generation: Generation,
  key: OperationKey,
  settings: { readonly explorer: boolean },
): Promise<PreparedOperation> =>
  generation.operations.prepare(key, () => make(generation, key, settings));

const make = async (
  generation: Generation,
  { query, operationName, labels }: OperationKey,
  settings: { readonly explorer: boolean },
): Promise<PreparedOperation> => {
  const { schema } = generation;
  const text = parseText(query);
  const rules = settings.explorer
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const errors = validate(schema, text, rules, { maxErrors: MAX_VALIDATION_ERRORS });
  if (errors.length > 0) throw refused('GRAPHQL_VALIDATION_FAILED', errors);
  const chosen = chooseOperation(text, operationName);
  const { document, operation } = labelDeferred({ document: text, operation: chosen });
  if (schema.getRootType(operation.operation) == null) {
    throw refusal('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation.operation}s.`);
  }
  const plan = await generation.plan({
    document: plannedText(document),
    operationName: operation.name?.value ?? null,
    labels,
  });
  const compiled = compileOperation({ schema, document, operation, plan }, generation.setting);
  return { document, operation, plan, compiled };
};

const parseText = (text: string): DocumentNode => {
  try {
    return parse(text, { maxTokens: MAX_TOKENS });
  } catch (error) {
    if (error instanceof GraphQLError) throw refused('GRAPHQL_PARSE_FAILED', [error]);
    throw error;
  }
};

const chooseOperation = (
  document: DocumentNode,
  operationName: string | null,
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

/** graphql-js's own errors, under a code of the catalogue. */
export const refused = (code: ErrorCode, errors: readonly GraphQLError[]): Refusal =>
  new Refusal(
    code,
    errors.map(({ message, source, positions }) =>
      routerError(code, message, {
        ...(source !== undefined && { source }),
        ...(positions !== undefined && { positions }),
      }),
    ),
  );
