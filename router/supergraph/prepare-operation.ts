import { type GraphQLSchema, getOperationAST, Kind, type OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../contract/viewer.ts';
import { type DecidePolicy, type Guard, guardName, isMet } from '../authorization/guard.ts';
import { isLeftOut, leaveOut } from '../authorization/leave-out.ts';
import { type CachePolicy, policyOf } from '../cache/policy.ts';
import { labelDeferred } from '../execution/deferred-fragments.ts';
import { compileOperation } from '../execution/operation.ts';
import { refusal } from '../refusal.ts';
import { correct } from './corrections/correct.ts';
import { plannedText } from './corrections/planned-text.ts';
import {
  type FindSettings,
  type FoundOperation,
  findCached,
  findOperation,
  type Wanted,
} from './find-operation.ts';
import type { Generation } from './generation.ts';
import type { Decisions, Hot, ParsedOperation, PreparedOperation } from './operation-cache.ts';

/** An operation ready to be run for one request. */
export interface ReadyOperation extends FoundOperation {
  readonly prepared: PreparedOperation;
}

/**
 * The operation as `findOperation` gives it, planned as `planOperation` does.
 *
 * @throws Refusal where one of these refuses it
 */
export const prepareOperation = async (
  generation: Generation,
  wanted: Wanted,
  settings: FindSettings,
): Promise<ReadyOperation> => {
  const found = findOperation(generation, wanted, settings);
  return { ...found, prepared: await planOperation(generation, wanted, found) };
};

/**
 * The operation's plan, kept from before or made now: corrected for the planner, planned, compiled; without
 * what the caller may not see.
 *
 * @throws Refusal where it cannot be planned
 */
export const planOperation = async (
  generation: Generation,
  { labels, caller }: Wanted,
  { cached, held, schema }: FoundOperation,
): Promise<PreparedOperation> => {
  const { guards } = cached.parsed;
  const granted = guards.length === 0 ? NONE : grantedTo(caller, guards, generation.decidePolicy);
  const decisions = { held, labels, granted };
  return (
    cached.get(decisions) ??
    cached.prepare(decisions, () => plan(generation, schema, cached.parsed, decisions))
  );
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
  settings: FindSettings,
): Promise<void> => {
  const { clients } = generation;
  const cached = findCached(generation, clients, key, settings);
  await cached.prepare(decisions, () => plan(generation, clients.schema, cached.parsed, decisions));
};

const plan = async (
  generation: Generation,
  schema: GraphQLSchema,
  { document, guards }: ParsedOperation,
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
  const text = plannedText(labelled.document);
  const plan = await generation.plan({ document: text, labels }).catch((error: unknown) => {
    throw refusal('OPERATION_NOT_PLANNABLE', undefined, { cause: error });
  });
  const { names } = corrected;
  const compiled = compileOperation({ schema, ...labelled, plan }, { ...setting, names });
  return {
    plan,
    compiled,
    policy: policyFor(policyOf(text, schema, facts.cacheHints), guards),
    preparedMs: performance.now(),
  };
};

/** A subscription whose one field the viewer may not see has no events. */
const refuseForbiddenEvents = ({ operation, selectionSet }: OperationDefinitionNode): void => {
  if (operation !== 'subscription') return;
  const [field] = selectionSet.selections;
  if (field?.kind === Kind.FIELD && isLeftOut(field)) throw refusal('FORBIDDEN');
};

/** Where something is guarded, what is answered depends on who asks. */
const policyFor = (policy: CachePolicy | null, guards: readonly Guard[]): CachePolicy | null =>
  policy === null || guards.length === 0 ? policy : { ...policy, scope: 'PRIVATE' };
