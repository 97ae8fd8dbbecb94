import type { ErrorCode } from '../../contract/errors.ts';
import type { HttpAnswer, HttpRequest } from '../exchange.ts';
import type { Refusal } from '../refusal.ts';
import { answerOf, type RequestTrace, type Trail } from './trail.ts';

/** What became of a request. */
export interface Ending {
  readonly outcome: Outcome;
  /** As of `performance.now()`. */
  readonly endedMs: number;
  /** How many results its client was given: events, parts, or one. */
  readonly results: number;
  /** Null where it was not refused. */
  readonly refused: Refusal | null;
  /** Whether it is a subscription, of which was told that it was opened. */
  readonly wasOpened: boolean;
}

export type Outcome =
  /** Without an error. */
  | 'answered'
  /** With errors: something is missing. */
  | 'partial'
  /** Whole, but something else stands in for what failed. */
  | 'degraded'
  /** Its client did not wait for it, or has read enough of a stream. */
  | 'left'
  /** Why it was refused, or why its stream was ended. */
  | ErrorCode;

/** Is told of every request. */
export interface Witness {
  /** A subscription was opened. */
  readonly opened: (trail: Trail) => void;
  readonly ended: (trail: Trail, ending: Ending) => void;
  /** What came was refused before it was known for a GraphQL request. */
  readonly turnedAway: (refused: Refusal, clientAddress: string) => void;
  /** How many WebSockets there are more than before. */
  readonly webSockets: (change: 1 | -1) => void;
}

/** Who watches over requests, and knows who wants to be told. */
export interface Observer {
  /** A request begins its way. */
  readonly begin: (http: HttpRequest) => Trail;
  /** Its answer is there; that of a stream begins. */
  readonly answered: (trail: Trail, answer: HttpAnswer) => void;
  readonly refused: (trail: Trail, refused: Refusal) => void;
  readonly turnedAway: Witness['turnedAway'];
  readonly webSockets: Witness['webSockets'];
}

/** What tells how an answer came about, where the router shows that. */
const EXPLAIN_HEADER = 'emporium-explain';

interface ObserverOptions {
  /** Whether clients may ask how an answer came about. */
  readonly explains: boolean;
  /** Begins the trace of a request; null where none is traced. */
  readonly trace: ((http: HttpRequest, startedMs: number) => RequestTrace) | null;
}

export const createObserver = (
  witnesses: readonly Witness[],
  { explains, trace }: ObserverOptions,
): Observer => {
  const end = (trail: Trail, ending: Ending): void => {
    for (const each of witnesses) each.ended(trail, ending);
  };
  return {
    begin: (http) => {
      const startedMs = performance.now();
      const isExplained = explains && http.headers[EXPLAIN_HEADER] === 'on';
      return {
        http,
        startedMs,
        reached: {},
        passages: isExplained || trace !== null ? [] : null,
        trace: trace === null ? null : trace(http, startedMs),
        isExplained,
      };
    },
    answered: (trail, { body }) => {
      if (witnesses.length === 0) return;
      if (typeof body === 'string') {
        const outcome = outcomeOf(trail);
        const endedMs = performance.now();
        return end(trail, { outcome, endedMs, results: 1, refused: null, wasOpened: false });
      }
      const wasOpened = trail.reached.kind === 'events';
      if (wasOpened) for (const each of witnesses) each.opened(trail);
      void body.settled.then(({ results, reason, hasLeft }) => {
        const outcome = hasLeft ? 'left' : (reason?.code ?? outcomeOf(trail));
        end(trail, { outcome, endedMs: performance.now(), results, refused: reason, wasOpened });
      });
    },
    refused: (trail, refused) => {
      const endedMs = performance.now();
      end(trail, { outcome: refused.code, endedMs, results: 0, refused, wasOpened: false });
    },
    turnedAway: (refused, clientAddress) => {
      for (const each of witnesses) each.turnedAway(refused, clientAddress);
    },
    webSockets: (change) => {
      for (const each of witnesses) each.webSockets(change);
    },
  };
};

const outcomeOf = (trail: Trail): Outcome => {
  if (trail.http.departure.hasLeft()) return 'left';
  const answer = answerOf(trail);
  if (answer === null) return 'answered';
  if (answer.errors.length > 0) return 'partial';
  return answer.degraded.length > 0 ? 'degraded' : 'answered';
};
