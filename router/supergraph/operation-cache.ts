import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Guard } from '../authorization/guard.ts';
import type { CachePolicy } from '../cache/policy.ts';
import type { OperationCost } from '../cost/compile.ts';
import type { CompiledOperation } from '../execution/operation.ts';
import type { Plan } from '../execution/plan.ts';

/** What an operation is known by in its generation. */
export interface OperationKey {
  readonly query: string;
  readonly operationName: string | null;
}

/** An operation that was parsed and validated. */
export interface ParsedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The SHA-256 of its document as it was sent, the first 16 hexadecimal digits. */
  readonly hash: string;
  /** The variables that `@skip`, `@include` and `@defer` read. */
  readonly conditions: readonly string[];
  /** What its fields ask of the viewer. */
  readonly guards: readonly Guard[];
}

/** What a plan depends on beside the document. */
export interface Decisions {
  /** Which of the condition variables hold, in their order. */
  readonly held: readonly string[];
  /** The labels of progressive overrides that are on. */
  readonly labels: readonly string[];
  /** The names of the guards that are met, in their order. */
  readonly granted: readonly string[];
}

/** An operation ready to be run under certain decisions. */
export interface PreparedOperation {
  readonly plan: Plan;
  readonly compiled: CompiledOperation;
  /** For how long the answer may be kept by whoever gets it; null where it may not. */
  readonly policy: CachePolicy | null;
  /** When it was prepared, as of `performance.now()`. */
  readonly preparedMs: number;
}

/** The operations of a generation, the hottest of them. */
export interface OperationCache {
  readonly get: (key: OperationKey) => CachedOperation | undefined;
  readonly add: (key: OperationKey, parsed: ParsedOperation) => CachedOperation;
  /** What was prepared, the operations used most recently first. */
  readonly hottest: (count: number) => readonly Hot[];
  readonly size: () => CacheSize;
}

export interface CacheSize {
  readonly operations: number;
  /** Estimated. */
  readonly bytes: number;
  /** How many had to make room for others. */
  readonly evictions: number;
}

export interface Hot {
  readonly key: OperationKey;
  readonly decisions: Decisions;
}

/** One operation, and what was prepared of it. */
export interface CachedOperation {
  readonly parsed: ParsedOperation;
  readonly get: (decisions: Decisions) => PreparedOperation | undefined;
  /** Prepares and keeps; those who ask meanwhile wait for the same. */
  readonly prepare: (
    decisions: Decisions,
    make: () => Promise<PreparedOperation>,
  ) => Promise<PreparedOperation>;
  readonly decisions: () => readonly Decisions[];
  /** By the condition variables that hold: what it costs. */
  readonly costs: LRUCache<string, OperationCost>;
}

/** A parsed document and a compiled plan weigh many times their texts. */
const WEIGHT = 12;

/** An operation with n condition variables has up to 2 to the n outcomes; the last of them are kept. */
const MAX_OUTCOMES = 64;

/** @param maxBytes what all operations may weigh together, estimated from documents and plans */
export const createOperationCache = (maxBytes: number): OperationCache => {
  let evictions = 0;
  const kept = new LRUCache<string, { key: OperationKey; cached: CachedOperation }>({
    maxSize: Math.max(1, maxBytes),
    dispose: (_kept, _key, reason) => {
      if (reason === 'evict') evictions += 1;
    },
  });
  return {
    get: (key) => kept.get(textOf(key))?.cached,
    add: (key, parsed) => {
      const known = kept.get(textOf(key));
      if (known !== undefined) return known.cached;
      const cached = createCached(parsed, (planBytes) =>
        // Set again, since its size has changed.
        kept.set(textOf(key), { key, cached }, { size: WEIGHT * (key.query.length + planBytes) }),
      );
      kept.set(textOf(key), { key, cached }, { size: WEIGHT * key.query.length + 1 });
      return cached;
    },
    hottest: (count) =>
      [...kept.values()]
        .flatMap(({ key, cached }) => cached.decisions().map((decisions) => ({ key, decisions })))
        .slice(0, count),
    size: () => ({ operations: kept.size, bytes: kept.calculatedSize, evictions }),
  };
};

const createCached = (
  parsed: ParsedOperation,
  grown: (planBytes: number) => void,
): CachedOperation => {
  const outcomes = new LRUCache<string, { decisions: Decisions; prepared: PreparedOperation }>({
    max: MAX_OUTCOMES,
  });
  const underWay = new Map<string, Promise<PreparedOperation>>();
  const weigh = (): number =>
    [...outcomes.values()].reduce(
      (sum, { prepared }) => sum + JSON.stringify(prepared.plan).length,
      0,
    );
  return {
    parsed,
    costs: new LRUCache({ max: MAX_OUTCOMES }),
    get: (decisions) => outcomes.get(textOfDecisions(decisions))?.prepared,
    prepare: (decisions, make) => {
      const text = textOfDecisions(decisions);
      const known = underWay.get(text);
      if (known !== undefined) return known;
      const preparing = make()
        .then((prepared) => {
          outcomes.set(text, { decisions, prepared });
          grown(weigh());
          return prepared;
        })
        .finally(() => underWay.delete(text));
      underWay.set(text, preparing);
      return preparing;
    },
    decisions: () => [...outcomes.values()].map(({ decisions }) => decisions),
  };
};

/** Names cannot hold the separator. */
const textOf = ({ query, operationName }: OperationKey): string =>
  operationName === null ? query : `${operationName}\n${query}`;

const textOfDecisions = ({ held, labels, granted }: Decisions): string =>
  `${held.join(' ')}\n${labels.join(' ')}\n${granted.join('\n')}`;
