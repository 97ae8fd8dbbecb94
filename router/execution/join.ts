import { callerText } from '../../contract/viewer.ts';
import type { Asking } from './asking.ts';
import type { CallSubgraph, SubgraphResult } from './call.ts';
import { traceForAll } from './call-tracer.ts';
import { departureOfAll } from './departure.ts';
import type { AskEntities, FetchCache } from './fetch-cache.ts';
import type { FetchOperation } from './fetch-operation.ts';
import type { Wanted } from './gather.ts';
import { type ReadAnswer, readAnswer } from './read-answer.ts';
import { copyRow, type ReadRows, type Rows } from './rows.ts';
import { copyOf, type Json } from './tree.ts';

// Entity fetches of one turn of the event loop, of any number of requests, go out as one where they
// have the same text and other variables and are made for the same caller: the subgraph is asked once
// for what many are asking, and everyone gets what it would have got alone.
//
// - Only fetches of the very same compiled plan are joined, and of entities, which are queries.
// - Whoever comes second for an entity gets a copy: what is fetched later is merged into it.
// - An answer that is of no use as a whole (one representation may have spoilt it) is asked for again
//   by everyone alone. A subgraph that does not answer fails for all, as it would have.

/** As AskEntities, with what was said read. */
export type CallEntities = (asking: Asking, wanted: Wanted, others: string) => Promise<ReadAnswer>;

/** Past so many representations no more are joined, so that nobody's share meets a subgraph's limit. */
const MAX_JOINED = 500;

interface Share {
  readonly asking: Asking;
  readonly wanted: Wanted;
  readonly resolve: (answer: ReadAnswer | Promise<ReadAnswer>) => void;
  readonly reject: (error: unknown) => void;
}

interface Batch {
  readonly others: string;
  readonly shares: [Share, ...Share[]];
  /**
   * All identities, without a double, in the order in which they are sent; null where one share
   * is all.
   */
  numbers: Map<string, number> | null;
}

/** @param read reads what can be spliced, if anything */
export const joinEntityCalls = (
  call: CallSubgraph,
  operation: FetchOperation,
  read: ReadRows | null,
  cache: FetchCache,
): CallEntities => {
  let open = new Map<string, Batch>();

  const askAnyway: AskEntities = (asking, { identities, listOf }, others) =>
    call(
      asking,
      operation,
      `{"representations":${listOf(identities)}${others}}`,
      identities.length,
    );
  const askOrKnow = cache.entities(operation, askAnyway);

  const ask: CallEntities = (asking, wanted, others) =>
    askOrKnow(asking, wanted, others).then((answer) =>
      readAnswer(answer, read, wanted.identities.length),
    );

  const send = (batch: Batch): void => {
    const { others, numbers, shares } = batch;
    const [first] = shares;
    if (numbers === null) {
      ask(first.asking, first.wanted, others).then(first.resolve, first.reject);
      return;
    }
    ask(askingOfAll(shares), { ...first.wanted, identities: [...numbers.keys()] }, others).then(
      (answer) => {
        if ('rows' in answer) return shareRows(shares, numbers, answer.rows);
        const isUsable = Array.isArray(answer.data?.['_entities']);
        if (isUsable) return shareResult(shares, numbers, answer);
        for (const { asking, wanted, resolve } of shares) {
          resolve(ask(asking, wanted, others));
        }
      },
      (error) => {
        for (const { reject } of shares) reject(error);
      },
    );
  };

  const sendAll = (): void => {
    const batches = open.values();
    // A new map: a table that was cleared points to the one after it, and so would keep all that follow
    // from dying young, once one of them has grown old.
    open = new Map();
    for (const batch of batches) send(batch);
  };

  const add = (others: string, share: Share): void => {
    const key = `${callerText(share.asking.caller)}${others}`;
    const known = open.get(key);
    if (known !== undefined && joins(known, share)) return;
    if (known !== undefined) send(known);
    if (open.size === 0) setImmediate(sendAll);
    open.set(key, { others, shares: [share], numbers: null });
  };

  return (asking, wanted, others) =>
    new Promise((resolve, reject) => add(others, { asking, wanted, resolve, reject }));
};

/** They have one caller; the call is given up when none of them waits any more, and told to each. */
const askingOfAll = (shares: Batch['shares']): Asking => ({
  caller: shares[0].asking.caller,
  takesKept: shares.every(({ asking }) => asking.takesKept),
  departure: departureOfAll(shares.map(({ asking }) => asking.departure)),
  journal: {
    add: (call) => {
      for (const { asking } of shares) asking.journal?.add(call);
    },
  },
  trace: traceForAll(shares.flatMap(({ asking }) => asking.trace ?? [])),
});

const joins = (batch: Batch, share: Share): boolean => {
  const { shares, numbers } = batch;
  const { identities } = share.wanted;
  const known = shares[0].wanted.identities;
  if ((numbers?.size ?? known.length) + identities.length > MAX_JOINED) return false;
  batch.numbers ??= new Map(known.map((each, number) => [each, number]));
  for (const each of identities) {
    if (!batch.numbers.has(each)) batch.numbers.set(each, batch.numbers.size);
  }
  shares.push(share);
  return true;
};

/** Gives everyone their rows. */
const shareRows = (
  shares: readonly Share[],
  numbers: ReadonlyMap<string, number>,
  rows: Rows,
): void => {
  const given = new Set<number>();
  for (const { wanted, resolve } of shares) {
    const places = wanted.identities.map((identity) => {
      const number = numbers.get(identity) ?? -1;
      if (!rows.hasObjects || !given.has(number)) {
        given.add(number);
        return number;
      }
      return copyRow(rows, number);
    });
    resolve({ rows, places });
  }
};

/** Gives everyone the entities that they asked for, and the errors about them. */
const shareResult = (
  shares: readonly Share[],
  numbers: ReadonlyMap<string, number>,
  { data, errors }: SubgraphResult,
): void => {
  const entities = data?.['_entities'] as readonly Json[];
  const given = new Set<number>();
  for (const { wanted, resolve } of shares) {
    const places = new Map<number, number>();
    const own = wanted.identities.map((identity, place) => {
      const number = numbers.get(identity) ?? -1;
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
