import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  OverlappingFieldsCanBeMergedRule,
  parse,
  separateOperations,
  specifiedRules,
  validate,
} from 'graphql';
import { ERRORS } from '../../contract/errors.ts';
import type { Caller } from '../../contract/viewer.ts';
import { guardsIn } from '../authorization/places.ts';
import type { Variables } from '../execution/run.ts';
import { type DocumentLimits, limitDocument } from '../limits/document-limits.ts';
import { limitInputValues } from '../limits/input-values.ts';
import { refuseRepeated } from '../limits/once.ts';
import { overlappingFields } from '../limits/overlapping-fields.ts';
import { MAX_VALIDATION_ERRORS, type Refusal, refusal, refused } from '../refusal.ts';
import { coerceVariables } from './coerce-variables.ts';
import { conditionVariables } from './corrections/resolve-conditions.ts';
import type { Generation } from './generation.ts';
import type { CachedOperation, OperationKey, ParsedOperation } from './operation-cache.ts';
import type { SupergraphFacts } from './planner.ts';
import type { View } from './view.ts';

/** What is let through. */
export interface FindSettings {
  /** Whether introspection is answered, and a misspelt name met by what the schema has. */
  readonly explorer: boolean;
  /** Null where others have looked at the document already. */
  readonly documentLimits: DocumentLimits | null;
}

/** What is asked, as far as its plan depends on it. */
export interface Wanted {
  readonly key: OperationKey;
  readonly variables: Variables;
  /** The labels of progressive overrides that are on. */
  readonly labels: readonly string[];
  readonly caller: Caller;
}

/** An operation that may be planned and run for one request. */
export interface FoundOperation {
  readonly cached: CachedOperation;
  readonly operation: OperationDefinitionNode;
  /** The coerced variables. */
  readonly flags: Variables;
  /** Which of the variables that conditions read hold. */
  readonly held: readonly string[];
  /** The schema that the caller sees. */
  readonly schema: GraphQLSchema;
}

/**
 * The operation, kept from before or read now: parsed, validated, chosen; and its variables, coerced.
 *
 * @throws Refusal where the document, the operation's name or a variable does not fit the schema
 */
export const findOperation = (
  generation: Generation,
  { key, variables, caller }: Wanted,
  settings: FindSettings,
): FoundOperation => {
  const view = generation.viewOf(caller.viewer);
  const cached = findCached(generation, view, key, settings);
  const { operation, conditions } = cached.parsed;
  if (settings.documentLimits !== null) {
    limitInputValues(settings.documentLimits.inputValues, variables);
  }
  const flags = coerceVariables(view.schema, operation, variables);
  const held =
    conditions.length === 0 ? conditions : conditions.filter((name) => flags[name] === true);
  return { cached, operation, flags, held, schema: view.schema };
};

/** The operation without regard to who asks it, and by which variables. */
export const findCached = (
  { facts }: Generation,
  view: View,
  key: OperationKey,
  settings: FindSettings,
): CachedOperation =>
  view.operations.get(key) ?? view.operations.add(key, parseOperation(view, facts, key, settings));

const parseOperation = (
  { schema, permit }: View,
  facts: SupergraphFacts,
  { query, operationName }: OperationKey,
  settings: FindSettings,
): ParsedOperation => {
  const document = parseText(query, settings.documentLimits);
  if (settings.documentLimits !== null) limitDocument(settings.documentLimits, document);
  validateDocument(schema, document, settings);
  const operation = chooseOperation(document, operationName);
  if (schema.getRootType(operation.operation) == null) {
    throw refusal('GRAPHQL_VALIDATION_FAILED', `The schema has no ${operation.operation}s.`);
  }
  // Of the other operations nothing is planned, and nothing need be kept.
  const own = separateOperations(document)[operation.name?.value ?? ''] ?? document;
  permit(own);
  refuseRepeated(schema, facts.onceFields, own, operation);
  return {
    document: own,
    operation,
    hash: createHash('sha256').update(query).digest('hex').slice(0, 16),
    conditions: conditionVariables(own),
    guards: guardsIn(schema, facts, own),
  };
};

/** All but the one that `overlappingFields` stands for. */
const RULES = specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule);
const RULES_WITHOUT_EXPLORER = [...RULES, NoSchemaIntrospectionCustomRule];

const validateDocument = (
  schema: GraphQLSchema,
  document: DocumentNode,
  { explorer }: FindSettings,
): void => {
  const errors = validate(schema, document, explorer ? RULES : RULES_WITHOUT_EXPLORER, {
    maxErrors: MAX_VALIDATION_ERRORS,
    hideSuggestions: !explorer,
  });
  const found = errors.length > 0 ? errors : overlappingFields(schema, document);
  if (found.length > 0) throw refused('GRAPHQL_VALIDATION_FAILED', found);
};

const parseText = (text: string, limits: DocumentLimits | null): DocumentNode => {
  try {
    return parse(text, limits === null ? {} : { maxTokens: limits.tokens });
  } catch (error) {
    // The parser recurses, and fewer brackets than there may be words exhaust its stack.
    if (error instanceof RangeError) throw tooDeep(error);
    if (!(error instanceof GraphQLError)) throw error;
    // graphql-js tells the one from the other by its words alone.
    if (limits === null || !TOO_LONG.test(error.message))
      throw refused('GRAPHQL_PARSE_FAILED', [error]);
    const message = `The document has more than ${limits.tokens} words and signs (MAX_TOKENS).`;
    throw refusal('OPERATION_TOO_LARGE', message, { limit: 'MAX_TOKENS' });
  }
};

const tooDeep = (cause: RangeError): Refusal =>
  refusal('OPERATION_TOO_LARGE', 'The document’s brackets stand too deep in one another.', {
    cause,
    limit: 'MAX_DEPTH',
  });

const TOO_LONG = /contains more tha[nt] \d+ tokens/;

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
