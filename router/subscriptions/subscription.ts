import { setTimeout as pause } from 'node:timers/promises';
import type { Caller } from '../../contract/viewer.ts';
import { backOff } from '../../process/back-off.ts';
import type { Answer } from '../execution/answer.ts';
import type { FetchOperation, SubgraphResult } from '../execution/call.ts';
import type { Variables } from '../execution/run.ts';
import type { CompiledSubscription } from '../execution/subscription.ts';
import { Refusal, routerError } from '../refusal.ts';
import type { SubgraphLink } from '../supergraph/generation.ts';
import { SubgraphFailure } from '../transport/failure.ts';
import type { SubgraphEvents } from '../transport/subscribe.ts';

/** What a subscription is made of under one generation. */
export interface SubscriptionWay {
  readonly compiled: CompiledSubscription;
  /** The subgraph that the events come from. */
  readonly link: SubgraphLink;
  readonly flags: Variables;
}

/** One subscription of a client, which may outlive sources and generations. */
export interface Subscription extends AsyncIterableIterator<Answer> {
  readonly return: () => Promise<IteratorResult<Answer>>;
  /** Goes on under another generation; from the same source where that asks the same of it. */
  readonly takeOver: (way: SubscriptionWay) => void;
  /** Ends with a reason. */
  readonly end: (reason: Refusal) => void;
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
  let way = start;
  let source = openSource(way, caller, variables);
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
    onEnd();
  };

  /** @throws Refusal where it is not opened again */
  const reopen = async (failure: unknown): Promise<void> => {
    if (!(failure instanceof SubgraphFailure)) throw failure;
    failures += 1;
    if (!source.wasOpen() || failures > MAX_REOPENINGS) throw lost(failure, way);
    await pause(backOff(failures), undefined, { signal: waiting.signal }).catch(() => {});
    if (!ended) source = openSource(way, caller, variables, source.wasOpen());
  };

  const nextEvent = async (): Promise<SubgraphResult | undefined> => {
    while (!ended) {
      const asked = source;
      try {
        const { done, value } = await asked.events.next();
        if (ended || (done === true && asked !== source)) continue;
        if (done === true) return undefined;
        failures = 0;
        return value;
      } catch (error) {
        // What a source says that was given up meanwhile is nobody's concern.
        if (asked === source && !ended) await reopen(error);
      }
    }
    return undefined;
  };

  const next = async (): Promise<IteratorResult<Answer>> => {
    try {
      const event = await nextEvent();
      if (event !== undefined) {
        const value = await way.compiled.answer(event, caller, variables, way.flags);
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

  return {
    next,
    return: async () => {
      finish();
      reason = undefined;
      return OVER;
    },
    takeOver: (after) => {
      if (ended) return;
      const isSame = sourceKey(way, variables) === sourceKey(after, variables);
      way = after;
      if (isSame) return;
      const before = source;
      source = openSource(after, caller, variables, true);
      before.close();
    },
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

/** What is asked of whom. */
const sourceKey = ({ compiled, link }: SubscriptionWay, variables: Variables): string => {
  const { subgraph, query } = compiled.source;
  return JSON.stringify([subgraph, link.eventsFrom, query, compiled.sourceVariables(variables)]);
};

interface Source {
  readonly events: SubgraphEvents;
  readonly wasOpen: () => boolean;
  readonly close: () => void;
}

const openSource = (
  { compiled, link }: SubscriptionWay,
  caller: Caller,
  variables: Variables,
  wasOpen = false,
): Source => {
  const closing = new AbortController();
  let isOpen = wasOpen;
  const request = {
    ...requestOf(compiled.source),
    variables: JSON.parse(compiled.sourceVariables(variables)),
  };
  const events = link.subscribe(caller, request, closing.signal, () => {
    isOpen = true;
  });
  return { events, wasOpen: () => isOpen, close: () => closing.abort() };
};

const requestOf = ({ query, operationName }: FetchOperation) =>
  operationName === undefined ? { query } : { query, operationName };
