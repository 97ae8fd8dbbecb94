import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  separateOperations,
  specifiedRules,
  validate,
} from 'graphql';
import { ERRORS } from '../../contract/errors.ts';
import type { Caller } from '../../contract/viewer.ts';
import { type DecidePolicy, type Guard, guardName, isMet } from '../authorization/guard.ts';
import { isLeftOut, leaveOut } from '../authorization/leave-out.ts';
import { guardsIn } from '../authorization/places.ts';
import { labelDeferred } from '../execution/deferred-fragments.ts';
import { compileOperation } from '../execution/operation.ts';
import type { Variables } from '../execution/run.ts';
import { type DocumentLimits, limitDocument } from '../limits/document-limits.ts';
import { refuseRepeated } from '../limits/once.ts';
import { MAX_VALIDATION_ERRORS, refusal, refused } from '../refusal.ts';
import { coerceVariables } from './coerce-variables.ts';
import { correct } from './corrections/correct.ts';
import { plannedText } from './corrections/planned-text.ts';
import { conditionVariables } from './corrections/resolve-conditions.ts';
import type { Generation } from './generation.ts';
import type {
  CachedOperation,
  Decisions,
  Hot,
  OperationKey,
  ParsedOperation,
  PreparedOperation,
} from './operation-cache.ts';
import type { SupergraphFacts } from './planner.ts';
import type { View } from './view.ts';

/** What is let through to be prepared. */
export interface PrepareSettings {
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
  { key, variables, labels, caller }: Wanted,
  settings: PrepareSettings,
): Promise<ReadyOperation> => {
  const view = generation.viewOf(caller.viewer);
  const cached = find(generation, view, key, settings);
  const { operation, conditions, guards } = cached.parsed;
  const flags = coerceVariables(view.schema, operation, variables);
  const held =
    conditions.length === 0 ? conditions : conditions.filter((name) => flags[name] === true);
  const granted = guards.length === 0 ? NONE : grantedTo(caller, guards, generation.decidePolicy);
  const decisions = { held, labels, granted };
  const prepared =
    cached.get(decisions) ??
    (await cached.prepare(decisions, () =>
      plan(generation, view.schema, cached.parsed, decisions),
    ));
  return { operation, prepared, flags };
};

const NONE: readonly string[] = [];

const grantedTo = (
  caller: Caller,
  guards: readonly Guard[],
  decidePolicy: DecidePolicy,
): readonly string[] => guards.filter((guard) => isMet(guard, caller, decidePolicy)).map(guardName);

/** Prepares it again for the clients of another generation, under the same decisions. */
export const prepareAgain = async (
  generation: Generation,
  { key, decisions }: Hot,
  settings: PrepareSettings,
): Promise<void> => {
  const { clients } = generation;
  const cached = find(generation, clients, key, settings);
  await cached.prepare(decisions, () => plan(generation, clients.schema, cached.parsed, decisions));
};

const find = (
  { facts }: Generation,
  view: View,
  key: OperationKey,
  settings: PrepareSettings,
): CachedOperation =>
  view.operations.get(key) ?? view.operations.add(key, parseOperation(view, facts, key, settings));

const parseOperation = (
  { schema, permit }: View,
  facts: SupergraphFacts,
  { query, operationName }: OperationKey,
  settings: PrepareSettings,
): ParsedOperation => {
  const document = parseText(query, settings.documentLimits);
  if (settings.documentLimits !== null) limitDocument(settings.documentLimits, document);
  const rules = settings.explorer
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const errors = validate(schema, document, rules, {
    maxErrors: MAX_VALIDATION_ERRORS,
    hideSuggestions: !settings.explorer,
  });
  if (errors.length > 0) throw refused('GRAPHQL_VALIDATION_FAILED', errors);
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

const plan = async (
  generation: Generation,
  schema: GraphQLSchema,
  { document, guards, hash }: ParsedOperation,
  { held, labels, granted }: Decisions,
): Promise<PreparedOperation> => {
  const { facts, setting } = generation;
  const flags = Object.fromEntries(held.map((name) => [name, true]));
  const permitted =
    granted.length === guards.length ? document : leaveOut(schema, facts, document, granted);
  const corrected = correct(schema, facts, permitted, flags);
  const chosen = getOperationAST(corrected.document);
  if (chosen == null) throw new Error('an operation was lost in correction');
  refuseForbiddenEvents(chosen);
  const labelled = labelDeferred({ document: corrected.document, operation: chosen });
  const plan = await generation
    .plan({ document: plannedText(labelled.document), labels })
    .catch((error: unknown) => {
      throw refusal('OPERATION_NOT_PLANNABLE', undefined, error);
    });
  const { names } = corrected;
  const compiled = compileOperation({ schema, ...labelled, plan }, { ...setting, names });
  return { plan, compiled, hash, preparedMs: performance.now() };
};

/** A subscription whose one field the viewer may not see has no events. */
const refuseForbiddenEvents = ({ operation, selectionSet }: OperationDefinitionNode): void => {
  if (operation !== 'subscription') return;
  const [field] = selectionSet.selections;
  if (field?.kind === Kind.FIELD && isLeftOut(field)) throw refusal('FORBIDDEN');
};

const parseText = (text: string, limits: DocumentLimits | null): DocumentNode => {
  try {
    return parse(text, limits === null ? {} : { maxTokens: limits.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    // graphql-js tells the one from the other by its words alone.
    if (limits === null || !TOO_LONG.test(error.message))
      throw refused('GRAPHQL_PARSE_FAILED', [error]);
    const message = `The document has more than ${limits.tokens} words and signs (MAX_TOKENS).`;
    throw refusal('OPERATION_TOO_LARGE', message);
  }
};

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
