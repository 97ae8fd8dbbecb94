import { parse, print } from 'graphql';
import type { Prepared } from '../exchange.ts';
import type { CallRecord } from '../execution/journal.ts';
import { callsOf, type Trail, wasKept } from '../observe/trail.ts';
import { type PlannedFetch, plannedFetches } from './waits.ts';

/** How an answer came about; all times are in milliseconds since the request came. */
export interface Explanation {
  /** How long it took until the answer was put together. */
  readonly ms: number;
  readonly stages: readonly ExplainedStage[];
  /** Whether the plan was there already, or was made for this request. */
  readonly plan: 'kept' | 'made';
  /** In the order in which they began. */
  readonly fetches: readonly ExplainedFetch[];
  /** The numbers of the fetches that the whole waited for, one after the other. */
  readonly criticalPath: readonly number[];
}

export interface ExplainedStage {
  readonly stage: string;
  readonly startMs: number;
  readonly ms: number;
}

/** What was asked of a subgraph, and what came of it. */
export interface ExplainedFetch {
  readonly number: number;
  readonly subgraph: string;
  readonly kind: 'query' | 'mutation' | 'subscription';
  /** Where its answer belongs: `items.@.seller`; empty for root fields. */
  readonly path: string;
  /** What it asked, as a person reads it. */
  readonly document: string;
  /** For how many entities it asked; null where it asked for root fields. */
  readonly entities: number | null;
  readonly startMs: number;
  readonly ms: number;
  readonly attempts: number;
  readonly source: CallRecord['source'];
  readonly outcome: CallRecord['outcome'];
  /** The length of its answer; null where it came as no text. */
  readonly characters: number | null;
  /** The numbers of those that had to be over before it began. */
  readonly waitedFor: readonly number[];
}

/** Explains an answer from the plan and from what was written down on the way. */
export const explanationOf = (prepared: Prepared, trail: Trail): Explanation => {
  const since = (timeMs: number): number => rounded(timeMs - trail.startedMs);
  const calls = [...callsOf(trail)].sort((one, other) => one.startedMs - other.startedMs);
  const planned = plannedFetches(prepared.prepared.plan);
  const placeOf = calls.map((call) => planned.findIndex((fetch) => isOf(call, fetch)));

  /** The calls of a fetch; where it had nothing to ask for, those that it waited for. */
  const numbersOf = (place: number): readonly number[] => {
    const own = placeOf.flatMap((each, number) => (each === place ? [number] : []));
    return own.length > 0 ? own : (planned[place]?.waitsFor.flatMap(numbersOf) ?? []);
  };
  const fetches = calls.map((call, number): ExplainedFetch => {
    const waitsFor = planned[placeOf[number] ?? -1]?.waitsFor ?? [];
    const { operation, startedMs, endedMs, attempts, source, outcome, characters, entities } = call;
    return {
      number,
      subgraph: operation.subgraph,
      kind: operation.kind,
      path: operation.path,
      document: print(parse(operation.query)),
      entities,
      startMs: since(startedMs),
      ms: rounded(endedMs - startedMs),
      attempts,
      source,
      outcome,
      characters,
      waitedFor: [...new Set(waitsFor.flatMap(numbersOf))],
    };
  });
  return {
    ms: since(performance.now()),
    stages: stagesOf(trail),
    plan: wasKept(trail) === true ? 'kept' : 'made',
    fetches,
    criticalPath: criticalPathOf(fetches),
  };
};

const isOf = ({ operation }: CallRecord, { subgraph, query, path }: PlannedFetch): boolean =>
  operation.subgraph === subgraph && operation.query === query && operation.path === path;

const stagesOf = ({ passages, startedMs }: Trail): readonly ExplainedStage[] =>
  (passages ?? []).map(({ stage, endedMs }, index) => {
    const beganMs = passages?.[index - 1]?.endedMs ?? startedMs;
    return { stage, startMs: rounded(beganMs - startedMs), ms: rounded(endedMs - beganMs) };
  });

/** From the fetch that ended last back to the first: of those that it waited for, always the last. */
const criticalPathOf = (fetches: readonly ExplainedFetch[]): readonly number[] => {
  const path: number[] = [];
  for (let at = latest(fetches); at !== undefined; ) {
    path.unshift(at.number);
    at = latest(at.waitedFor.flatMap((number) => fetches[number] ?? []));
  }
  return path;
};

const latest = (fetches: readonly ExplainedFetch[]): ExplainedFetch | undefined =>
  fetches.reduce<ExplainedFetch | undefined>(
    (last, each) =>
      last === undefined || each.startMs + each.ms > last.startMs + last.ms ? each : last,
    undefined,
  );

const rounded = (ms: number): number => Math.round(ms * 1_000) / 1_000;
