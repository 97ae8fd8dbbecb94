import type { Caller } from '../../contract/viewer.ts';
import type { FetchOperation } from '../execution/fetch-operation.ts';
import type { Variables } from '../execution/run.ts';
import type { CompiledSubscription } from '../execution/subscription.ts';
import type { SubgraphLink } from '../supergraph/generation.ts';
import type { SubgraphEvents } from '../transport/subscribe.ts';

/** What a subscription is made of under one generation. */
export interface SubscriptionWay {
  readonly compiled: CompiledSubscription;
  /** The subgraph that the events come from. */
  readonly link: SubgraphLink;
  readonly flags: Variables;
}

/** One opening of a subscription at its subgraph. */
export interface Source {
  /** Of the last generation that asks the same. */
  way: SubscriptionWay;
  readonly next: SubgraphEvents['next'];
  /** Opens it before the first event is asked for; tells when that is done, or cannot be done. */
  readonly begin: (onBegun: () => void) => void;
  readonly wasOpen: () => boolean;
  readonly close: () => void;
}

/** It is opened when its first event is asked for, or when it is told to begin. */
export const openSource = (
  way: SubscriptionWay,
  caller: Caller,
  variables: Variables,
  wasOpen = false,
): Source => {
  const { compiled, link } = way;
  const closing = new AbortController();
  let isOpen = wasOpen;
  let first: ReturnType<SubgraphEvents['next']> | undefined;
  let begun = (): void => {};
  const request = {
    ...requestOf(compiled.source),
    variables: JSON.parse(compiled.sourceVariables(variables)),
  };
  const events = link.subscribe(caller, request, closing.signal, () => {
    isOpen = true;
    begun();
  });
  return {
    way,
    next: () => {
      const asked = first ?? events.next();
      first = undefined;
      return asked;
    },
    begin: (onBegun) => {
      begun = onBegun;
      first = events.next();
      first.then(begun, begun);
    },
    wasOpen: () => isOpen,
    close: () => closing.abort(),
  };
};

const requestOf = ({ query, operationName }: FetchOperation) =>
  operationName === undefined ? { query } : { query, operationName };

/** What is asked of whom. */
export const sourceKey = ({ compiled, link }: SubscriptionWay, variables: Variables): string => {
  const { subgraph, query } = compiled.source;
  return JSON.stringify([subgraph, link.eventsFrom, query, compiled.sourceVariables(variables)]);
};
