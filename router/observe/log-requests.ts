import { isErrorCode } from '../../contract/errors.ts';
import type { Viewer } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import type { Answer } from '../execution/answer.ts';
import type { CallRecord } from '../execution/journal.ts';
import type { Ending, Witness } from './observer.ts';
import { answerOf, callsOf, operationOf, type Trail } from './trail.ts';

/**
 * A line for every request at its end, and one more for a subscription as it is opened. It says who
 * asked (the id of a user is no secret there) for which operation and what became of it; never tokens
 * and other headers, variables, or the text of a document, which holds literals.
 */
export const logRequests = (log: Logger): Witness => {
  const write = (line: () => object, message: string): void => {
    if (log.isLevelEnabled('info')) log.info(line(), message);
  };
  return {
    opened: (trail) => write(() => aboutAny(trail), 'subscription opened'),
    ended: (trail, ending) => {
      const message = ending.wasOpened ? 'subscription ended' : 'request';
      write(() => aboutEnded(trail, ending), message);
    },
    turnedAway: ({ code: outcome }, address) => write(() => ({ outcome, address }), 'request'),
    webSockets: () => {},
  };
};

/** What is known of a request whatever becomes of it. */
const aboutAny = (trail: Trail) => {
  const asked = operationOf(trail);
  return {
    ...(asked !== null && {
      kind: asked.kind,
      operation: asked.name ?? undefined,
      document: asked.document,
    }),
    ...aboutViewer(trail.reached.caller?.viewer),
    address: trail.http.clientAddress,
  };
};

const aboutEnded = (trail: Trail, { outcome, endedMs, results, wasOpened }: Ending) => {
  const calls = callsOf(trail);
  const { cost = 0 } = trail.reached;
  const { errors = [], degraded = [] } = answerOf(trail) ?? {};
  return {
    ...aboutAny(trail),
    outcome,
    ms: rounded(endedMs - trail.startedMs),
    ...(cost > 0 && { cost }),
    ...((wasOpened || results > 1) && { results }),
    ...(errors.length > 0 && { errors: countOf(codesOf(errors)) }),
    ...(degraded.length > 0 && { degraded: countOf(degraded.map(({ service }) => service ?? '')) }),
    ...(calls.length > 0 && { subgraphs: bySubgraph(calls) }),
  };
};

const aboutViewer = (viewer: Viewer | undefined) => {
  switch (viewer?.kind) {
    case undefined:
      return {};
    case 'guest':
      return { viewer: 'guest' };
    case 'user':
      return { viewer: 'user', user: viewer.id };
    case 'service':
      return { viewer: 'service', service: viewer.name };
  }
};

/** The codes of an answer's errors; what subgraphs say beyond the catalogue may hold anything. */
const codesOf = (errors: Answer['errors']): readonly string[] =>
  errors.map(({ extensions: { code } }) => (isErrorCode(code) ? code : 'SUBGRAPH_ERROR'));

const countOf = (names: readonly string[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

interface CallsOfSubgraph {
  calls: number;
  /** The time of all of them together, in milliseconds. */
  ms: number;
  failed: number;
  retries: number;
  shared: number;
  cached: number;
}

const bySubgraph = (calls: readonly CallRecord[]): Readonly<Record<string, CallsOfSubgraph>> => {
  const all: Record<string, CallsOfSubgraph> = {};
  for (const { operation, startedMs, endedMs, outcome, attempts, source } of calls) {
    const { subgraph } = operation;
    const one = all[subgraph] ?? { calls: 0, ms: 0, failed: 0, retries: 0, shared: 0, cached: 0 };
    all[subgraph] = one;
    one.calls += 1;
    one.ms = rounded(one.ms + endedMs - startedMs);
    if (outcome !== 'answered') one.failed += 1;
    one.retries += Math.max(0, attempts - 1);
    if (source === 'shared') one.shared += 1;
    if (source === 'cache' || source === 'stale') one.cached += 1;
  }
  return all;
};

const rounded = (ms: number): number => Math.round(ms * 100) / 100;
