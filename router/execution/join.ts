import type { Caller } from '../../contract/viewer.ts';
import type { CallSubgraph, FetchOperation, SubgraphResult } from './call.ts';
import { copyOf, type Json } from './tree.ts';

// Entity fetches of one turn of the event loop, of any number of requests, go out as one where they
// have the same text and other variables and are made for the same caller: the subgraph is asked once
// for what many are asking, and everyone gets what it would have got alone.
//
// - Only fetches of the very same compiled plan are joined, and of entities, which are queries.
// - Whoever comes second for an entity gets a copy: what is fetched later is merged into it.
// - An answer that is of no use as a whole (one representation may have spoilt it) is asked for again
//   by everyone alone. A subgraph that does not answer fails for all, as it would have.

/**
 * Asks for entities.
 *
 * @param others the JSON text of the other variables, each with a comma before it
 */
export type CallEntities = (
  caller: Caller,
  representations: readonly string[],
  others: string,
) => Promise<SubgraphResult>;

/** Past so many representations no more are joined, so that nobody's share meets a subgraph's limit. */
const MAX_JOINED = 500;

interface Share {
  readonly representations: readonly string[];
  readonly resolve: (result: SubgraphResult | Promise<SubgraphResult>) => void;
  readonly reject: (error: unknown) => void;
}

interface Batch {
  readonly caller: Caller;
  readonly others: string;
  /** All representations, without a double, in the order in which they are sent. */
  readonly numbers: Map<string, number>;
  readonly shares: Share[];
}

export const joinEntityCalls = (call: CallSubgraph, operation: FetchOperation): CallEntities => {
  const open = new Map<string, Batch>();

  const ask = (caller: Caller, representations: Iterable<string>, others: string) =>
    call(caller, operation, `{"representations":[${[...representations].join(',')}]${others}}`);

  const send = (batch: Batch): void => {
    const { caller, others, numbers, shares } = batch;
    ask(caller, numbers.keys(), others).then(
      (result) => {
        if (shares.length === 1) return shares[0]?.resolve(result);
        const isUsable = Array.isArray(result.data?.['_entities']);
        if (isUsable) return share(batch, result);
        for (const { representations, resolve } of shares) {
          resolve(ask(caller, representations, others));
        }
      },
      (error) => {
        for (const { reject } of shares) reject(error);
      },
    );
  };

  const sendAll = (): void => {
    const batches = [...open.values()];
    open.clear();
    for (const batch of batches) send(batch);
  };

  const batchFor = (caller: Caller, others: string, size: number): Batch => {
    const key = `${JSON.stringify(caller)}${others}`;
    const known = open.get(key);
    if (known !== undefined && known.numbers.size + size <= MAX_JOINED) return known;
    if (known !== undefined) send(known);
    if (open.size === 0) setImmediate(sendAll);
    const batch: Batch = { caller, others, numbers: new Map(), shares: [] };
    open.set(key, batch);
    return batch;
  };

  return (caller, representations, others) =>
    new Promise((resolve, reject) => {
      const { numbers, shares } = batchFor(caller, others, representations.length);
      for (const each of representations) if (!numbers.has(each)) numbers.set(each, numbers.size);
      shares.push({ representations, resolve, reject });
    });
};

/** Gives everyone the entities that they asked for, and the errors about them. */
const share = ({ numbers, shares }: Batch, { data, errors }: SubgraphResult): void => {
  const entities = data?.['_entities'] as readonly Json[];
  const given = new Set<number>();
  for (const { representations, resolve } of shares) {
    const places = new Map<number, number>();
    const own = representations.map((text, place) => {
      const number = numbers.get(text) ?? -1;
      places.set(number, place);
      const entity = entities[number];
      if (!given.has(number)) {
        given.add(number);
        return entity;
      }
      return copyOf(entity);
    });
    // One that is too short is of the wrong length for everyone.
    const whole = entities.length === numbers.size ? own : own.slice(1);
    const about = errors == null ? undefined : errorsAbout(places, errors);
    resolve({ data: { _entities: whole }, ...(about !== undefined && { errors: about }) });
  }
};

type Errors = NonNullable<SubgraphResult['errors']>;

/** Those about the entities at `places`, by their numbers there, and those that name none. */
const errorsAbout = (places: ReadonlyMap<number, number>, errors: Errors): Errors =>
  errors.flatMap((error) => {
    const [root, number, ...rest] = Array.isArray(error.path) ? error.path : [];
    if (root !== '_entities' || typeof number !== 'number') return [error];
    const place = places.get(number);
    return place === undefined ? [] : [{ ...error, path: [root, place, ...rest] }];
  });
