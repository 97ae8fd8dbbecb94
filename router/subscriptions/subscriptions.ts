import type { Answer } from '../execution/answer.ts';
import { Refusal, refusal } from '../refusal.ts';
import type { FindSettings, Wanted } from '../supergraph/find-operation.ts';
import type { Generation } from '../supergraph/generation.ts';
import { prepareOperation } from '../supergraph/prepare-operation.ts';
import type { SubscriptionWay } from './source.ts';
import { openSubscription, type Subscription } from './subscription.ts';

/** All subscriptions that are open, which outlive the generation that they began with. */
export interface Subscriptions {
  readonly open: (wanted: Wanted, way: SubscriptionWay) => AsyncIterable<Answer>;
  /** Moves every one to the next generation; ends those whose operation does not fit it. */
  readonly takeOver: (next: Generation) => Promise<void>;
}

export const createSubscriptions = (settings: FindSettings): Subscriptions => {
  const live = new Map<Subscription, Wanted>();

  const move = async (
    subscription: Subscription,
    wanted: Wanted,
    next: Generation,
  ): Promise<void> => {
    try {
      const { prepared, flags } = await prepareOperation(next, wanted, settings);
      const { compiled } = prepared;
      if (compiled.kind !== 'events') throw refusal('SUBSCRIPTION_OUTDATED');
      subscription.takeOver({ compiled, link: next.link(compiled.source.subgraph), flags });
    } catch (error) {
      subscription.end(error instanceof Refusal ? refusal('SUBSCRIPTION_OUTDATED') : defect);
    }
  };

  return {
    open: (wanted, way) => {
      const subscription = openSubscription(way, wanted.caller, wanted.variables, () =>
        live.delete(subscription),
      );
      live.set(subscription, wanted);
      return subscription;
    },
    takeOver: async (next) => {
      for (const [subscription, wanted] of [...live]) await move(subscription, wanted, next);
    },
  };
};

const defect = refusal('INTERNAL_SERVER_ERROR');
