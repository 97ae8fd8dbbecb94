import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  separateOperations,
  specifiedRules,
  validate,
} from 'graphql';
import { ERRORS } from '../../contract/errors.ts';
import { labelDeferred } from '../execution/deferred-fragments.ts';
import { compileOperation } from '../execution/operation.ts';
import type { Variables } from '../execution/run.ts';
import { MAX_VALIDATION_ERRORS, refusal, refused } from '../refusal.ts';
import { coerceVariables } from './coerce-variables.ts';
import { correct } from './corrections/correct.ts';
import { plannedText } from './corrections/leave-out-introspection.ts';
import { conditionVariables } from './corrections/resolve-conditions.ts';
import type { Generation } from './generation.ts';
import type {
  Decisions,
  Hot,
  OperationKey,
  ParsedOperation,
  PreparedOperation,
} from './operation-cache.ts';

/** Many times what a page asks for; what is longer multiplies work, as by thousands of aliases. */
const MAX_TOKENS = 5_000;

/** What is asked, as far as its plan depends on it. */
export interface Wanted {
  readonly key: OperationKey;
  readonly variables: Variables;
  /** The labels of progressive overrides that are on. */
  readonly labels: readonly string[];
}

/** An operation ready to be run for one request. */
export interface ReadyOperation {
  readonly operation: OperationDefinitionNode;
  readonly prepared: PreparedOperation;
  /** The coerced variables. */
  readonly flags: Variables;
}

/**
 * The operation, kept from before or prepared now: parsed, validated, chosen, its variables coerced,
 * corrected for the planner, planned, compiled.
 *
 * @throws Refusal where the document, the operation's name or a variable does not fit the schema, or
 *   where it cannot be planned
 */
export const prepareOperation = async (
  generation: Generation,
  { key, variables, labels }: Wanted,
  settings: { readonly explorer: boolean },
): Promise<ReadyOperation> => {
  const { operations, schema } = generation;
  const cached = operations.get(key) ?? operations.add(key, parseOperation(schema, key, settings));
  const { operation, conditions } = cached.parsed;
  const flags = coerceVariables(schema, operation, variables);
  const held =
    conditions.length === 0 ? conditions : conditions.filter((name) => flags[name] === true);
  const decisions = { held, labels };
  const prepared =
    cached.get(decisions) ??
    (await cached.prepare(decisions, () => plan(generation, cached.parsed, decisions)));
  return { operation, prepared, flags };
};

/** Prepares it again for another generation, under the same decisions. */
export const prepareAgain = async (
  generation: Generation,
  { key, decisions }: Hot,
  settings: { readonly explorer: boolean },
): Promise<void> => {
  const { operations, schema } = generation;
  const cached = operations.get(key) ?? operations.add(key, parseOperation(schema, key, settings));
  await cached.prepare(decisions, () => plan(generation, cached.parsed, decisions));
};

const parseOperation = (
  schema: GraphQLSchema,
  { query, operationName }: OperationKey,
  settings: { readonly explorer: boolean },
): ParsedOperation => {
  const document = parseText(query);
  const rules = settings.explorer
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const errors = validate(schema, document, rules, { maxErrors: MAX_VALIDATION_ERRORS });
  if (errors.length > 0) throw refused('GRAPHQL_VALIDATION_FAILED', errors);
  const operation = chooseOperation(document, operationName);
  if (schema.getRootType(operation.operation) == null) {
    throw refusal('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation.operation}s.`);
  }
  // Of the other operations nothing is planned, and nothing need be kept.
  const own = separateOperations(document)[operation.name?.value ?? ''] ?? document;
  return { document: own, operation, conditions: conditionVariables(own) };
};

const plan = async (
  generation: Generation,
  { document }: ParsedOperation,
  { held, labels }: Decisions,
): Promise<PreparedOperation> => {
  const { schema, facts, setting } = generation;
  const flags = Object.fromEntries(held.map((name) => [name, true]));
  const corrected = correct(schema, facts, document, flags);
  const chosen = getOperationAST(corrected.document);
  if (chosen == null) throw new Error('an operation was lost in correction');
  const labelled = labelDeferred({ document: corrected.document, operation: chosen });
  const plan = await generation
    .plan({ document: plannedText(labelled.document), labels })
    .catch((error: unknown) => {
      throw refusal('OPERATION_NOT_PLANNABLE', undefined, error);
    });
  const { names } = corrected;
  const compiled = compileOperation({ schema, ...labelled, plan }, { ...setting, names });
  return { plan, compiled };
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
