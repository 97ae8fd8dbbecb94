import { setTimeout as pause } from 'node:timers/promises';
import type { Caller } from '../../contract/viewer.ts';
import { backOff } from '../../process/back-off.ts';
import type { Answer } from '../execution/answer.ts';
import type { SubgraphResult } from '../execution/call.ts';
import type { Variables } from '../execution/run.ts';
import { Refusal, routerError } from '../refusal.ts';
import { SubgraphFailure } from '../transport/failure.ts';
import { openSource, type Source, type SubscriptionWay, sourceKey } from './source.ts';

/** One subscription of a client, which may outlive sources and generations. */
export interface Subscription extends AsyncIterableIterator<Answer> {
  readonly return: () => Promise<IteratorResult<Answer>>;
  /** Goes on under another generation; from the same source where that asks the same of it. */
  readonly takeOver: (way: SubscriptionWay) => void;
  /** Ends with a reason. */
  readonly end: (reason: Refusal) => void;
}

/** What happened, and how it is completed: as the generation planned it that asked for it. */
interface Event {
  readonly result: SubgraphResult;
  readonly way: SubscriptionWay;
}

/** So often in a row a source that broke is opened again; with back-off that is about two minutes. */
const MAX_REOPENINGS = 10;

const OVER = { done: true, value: undefined } as const;

/**
 * Opens a subscription: each event of its source, completed by the plan's rest, is one answer. A source
 * that cannot be opened at first ends it; one that breaks later is opened again, with back-off. What
 * happened in between is not told, so that sources that say how things are now serve best.
 *
 * `next` throws a Refusal that says why it ended.
 */
export const openSubscription = (
  start: SubscriptionWay,
  caller: Caller,
  variables: Variables,
  onEnd: () => void,
): Subscription => {
  const asking = { caller, departure: null, takesKept: false, journal: null, trace: null };
  let source = openSource(start, caller, variables);
  /** Takes the source's place as soon as it is open, so that nothing is missed in between. */
  let successor: Source | undefined;
  let ended = false;
  let reason: Refusal | undefined;
  let failures = 0;
  const waiting = new AbortController();

  const finish = (why?: Refusal): void => {
    if (ended) return;
    ended = true;
    reason = why;
    waiting.abort();
    source.close();
    successor?.close();
    onEnd();
  };

  const succeed = (next: Source): void => {
    if (next !== successor) return;
    successor = undefined;
    const before = source;
    source = next;
    before.close();
  };

  /** @throws Refusal where it is not opened again */
  const reopen = async (broken: Source, failure: unknown): Promise<void> => {
    if (successor !== undefined) return succeed(successor);
    if (!(failure instanceof SubgraphFailure)) throw failure;
    failures += 1;
    if (!broken.wasOpen() || failures > MAX_REOPENINGS) throw lost(failure, broken.way);
    await pause(backOff(failures), undefined, { signal: waiting.signal }).catch(() => {});
    // Another may have taken its place meanwhile, or be about to.
    if (ended || source !== broken) return;
    if (successor !== undefined) return succeed(successor);
    source = openSource(broken.way, caller, variables, true);
  };

  const nextEvent = async (): Promise<Event | undefined> => {
    while (!ended) {
      const asked = source;
      try {
        const { done, value } = await asked.next();
        if (ended) return undefined;
        if (done !== true) {
          failures = 0;
          return { result: value, way: asked.way };
        }
        if (asked !== source) continue;
        if (successor === undefined) return undefined;
        succeed(successor);
      } catch (error) {
        // What a source says that was given up meanwhile is nobody's concern.
        if (asked === source && !ended) await reopen(asked, error);
      }
    }
    return undefined;
  };

  const next = async (): Promise<IteratorResult<Answer>> => {
    try {
      const event = await nextEvent();
      if (event !== undefined) {
        const { compiled, flags } = event.way;
        const value = await compiled.answer(event.result, asking, variables, flags);
        return { done: false, value };
      }
      finish();
    } catch (error) {
      finish();
      throw error;
    }
    if (reason === undefined) return OVER;
    const why = reason;
    reason = undefined;
    throw why;
  };

  const isFrom = (one: Source, way: SubscriptionWay): boolean =>
    sourceKey(one.way, variables) === sourceKey(way, variables);

  const takeOver = (after: SubscriptionWay): void => {
    if (ended) return;
    if (successor !== undefined && isFrom(successor, after)) {
      successor.way = after;
      return;
    }
    successor?.close();
    successor = undefined;
    if (isFrom(source, after)) {
      source.way = after;
      return;
    }
    const next = openSource(after, caller, variables, true);
    successor = next;
    next.begin(() => succeed(next));
  };

  return {
    next,
    return: async () => {
      finish();
      reason = undefined;
      return OVER;
    },
    takeOver,
    end: finish,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

const lost = ({ code }: SubgraphFailure, { compiled }: SubscriptionWay): Refusal => {
  const extensions = { service: compiled.source.subgraph };
  return new Refusal(code, [routerError(code, undefined, { extensions })]);
};
