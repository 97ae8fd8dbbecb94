import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { CompiledOperation } from '../execution/operation.ts';
import type { Plan } from '../execution/plan.ts';

/** Everything about an operation that depends on its document and the generation alone. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly plan: Plan;
  readonly compiled: CompiledOperation;
}

/** What an operation is known by in its generation. */
export interface OperationKey {
  readonly query: string;
  readonly operationName: string | null;
  /** The labels of progressive overrides that are on. */
  readonly labels: readonly string[];
}

/** The operations that were prepared, the hottest of them. */
export interface OperationCache {
  readonly get: (key: OperationKey) => PreparedOperation | undefined;
  /** Prepares an operation and keeps it; those who ask meanwhile wait for the same. */
  readonly prepare: (
    key: OperationKey,
    make: () => Promise<PreparedOperation>,
  ) => Promise<PreparedOperation>;
  /** The keys, the most recently used first. */
  readonly keys: () => readonly OperationKey[];
}

/** A parsed document and a compiled plan weigh many times their texts. */
const WEIGHT = 12;

/** @param maxBytes what all operations may weigh together, estimated from documents and plans */
export const createOperationCache = (maxBytes: number): OperationCache => {
  const kept = new LRUCache<string, { key: OperationKey; prepared: PreparedOperation }>({
    maxSize: maxBytes,
    sizeCalculation: ({ key, prepared }) =>
      WEIGHT * (key.query.length + JSON.stringify(prepared.plan).length),
  });
  const underWay = new Map<string, Promise<PreparedOperation>>();
  return {
    get: (key) => kept.get(textOf(key))?.prepared,
    prepare: (key, make) => {
      const text = textOf(key);
      const known = underWay.get(text);
      if (known !== undefined) return known;
      const preparing = make()
        .then((prepared) => {
          kept.set(text, { key, prepared });
          return prepared;
        })
        .finally(() => underWay.delete(text));
      underWay.set(text, preparing);
      return preparing;
    },
    keys: () => [...kept.values()].map(({ key }) => key),
  };
};

/** Names and labels cannot hold the separator. */
const textOf = ({ query, operationName, labels }: OperationKey): string =>
  `${operationName ?? ''}\n${labels.join(' ')}\n${query}`;
