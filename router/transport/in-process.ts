import type { Caller } from '../../contract/viewer.ts';
import { asJson } from './as-json.ts';
import { type Ask, timeLeft } from './ask.ts';
import { SubgraphFailure, subgraphFailure } from './failure.ts';
import type { SubgraphRequest } from './protocol.ts';
import { resultOf, type SubgraphResult } from './result.ts';
import { endable, type Subscribe } from './subscribe.ts';

/**
 * A subgraph that runs in the router's own process. It is told who asks instead of reading a
 * signature: nobody but this process can call it. What it gives may hold whatever has a JSON text.
 */
export interface InProcessSubgraph {
  /** Answers a query or a mutation with a GraphQL result. */
  readonly execute: (caller: Caller, request: SubgraphRequest) => Promise<unknown>;
  readonly subscribe: (caller: Caller, request: SubgraphRequest) => Promise<InProcessSubscription>;
}

/** What comes of asking for a subscription; `return` ends the events, also while `next` waits. */
export type InProcessSubscription =
  | {
      readonly accepted: true;
      readonly events: AsyncIterable<unknown> & { readonly return: () => Promise<unknown> };
    }
  | { readonly accepted: false; readonly errors: readonly unknown[] };

interface Settings {
  readonly subgraphTimeoutMs: number;
}

/**
 * The way to a subgraph in this process: as over HTTP, with the same limit in time, but without
 * connection, signature, and JSON text of the result. A result has no limit in size: it is there
 * already. Nor can a call that takes too long be broken off; nobody waits for it any more.
 */
export const inProcessCall =
  (subgraph: InProcessSubgraph): Ask =>
  async (call) => {
    const { asking, operation, variables } = call;
    const { query, operationName } = operation;
    call.attempts += 1;
    // Parsed and not handed over: what a subgraph does to its variables must not show in the data.
    const request = { query, operationName, variables: JSON.parse(variables) };
    try {
      return readResult(await within(timeLeft(call), subgraph.execute(asking.caller, request)));
    } catch (error) {
      throw subgraphFailure(error);
    }
  };

/** The way to the subscriptions of a subgraph in this process. */
export const inProcessSubscriber =
  (subgraph: InProcessSubgraph, settings: Settings): Subscribe =>
  (caller, request, signal, opened = () => {}) =>
    endable(signal, (ended) => eventsOf(subgraph, settings, caller, request, ended, opened));

async function* eventsOf(
  subgraph: InProcessSubgraph,
  { subgraphTimeoutMs }: Settings,
  caller: Caller,
  request: SubgraphRequest,
  signal: AbortSignal,
  opened: () => void,
): AsyncGenerator<SubgraphResult, void, undefined> {
  const opening = subgraph.subscribe(caller, request);
  try {
    const subscription = await within(subgraphTimeoutMs, opening);
    if (!subscription.accepted) return yield readResult({ errors: subscription.errors });
    const { events } = subscription;
    const end = (): void => void events.return();
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    opened();
    for await (const event of events) yield readResult(event);
  } catch (error) {
    // What is opened too late is nobody's.
    opening.then(closeLate, () => {});
    throw subgraphFailure(error);
  }
}

const closeLate = (subscription: InProcessSubscription): void => {
  if (subscription.accepted) void subscription.events.return();
};

/** The executor merges what it is given into its own data, so that it must be nobody else's. */
const readResult = (value: unknown): SubgraphResult => {
  const result = resultOf(asJson(value));
  if (result !== null) return result;
  throw new SubgraphFailure(
    'SUBGRAPH_UNAVAILABLE',
    new Error('it gave no GraphQL result'),
    'unusable',
  );
};

const within = async <T>(ms: number, work: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new SubgraphFailure('SUBGRAPH_TIMEOUT', new Error(`over ${ms} ms`))),
      ms,
    );
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
