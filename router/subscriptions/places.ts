import { refusal } from '../refusal.ts';

export interface PlaceLimits {
  /** Subscriptions that may be live in the process. */
  readonly maxSubscriptions: number;
  /** Subscriptions that may be live for one viewer. */
  readonly maxSubscriptionsPerViewer: number;
}

/** The places that subscriptions take while they are live. */
export interface Places {
  /**
   * Takes a place for `viewer`.
   *
   * @returns what gives it back; more than once is once.
   * @throws Refusal where the viewer or the process has no place left.
   */
  readonly take: (viewer: string) => () => void;
}

const TOO_MANY = refusal('TOO_MANY_SUBSCRIPTIONS', undefined, {
  limit: 'MAX_SUBSCRIPTIONS_PER_VIEWER',
});
const EXHAUSTED = refusal('SUBSCRIPTIONS_EXHAUSTED', undefined, { limit: 'MAX_SUBSCRIPTIONS' });

export const createPlaces = ({
  maxSubscriptions,
  maxSubscriptionsPerViewer,
}: PlaceLimits): Places => {
  const byViewer = new Map<string, number>();
  let all = 0;

  const give = (viewer: string): void => {
    const rest = (byViewer.get(viewer) ?? 0) - 1;
    all -= 1;
    if (rest > 0) byViewer.set(viewer, rest);
    else byViewer.delete(viewer);
  };

  return {
    take: (viewer) => {
      const own = byViewer.get(viewer) ?? 0;
      if (own >= maxSubscriptionsPerViewer) throw TOO_MANY;
      if (all >= maxSubscriptions) throw EXHAUSTED;
      byViewer.set(viewer, own + 1);
      all += 1;
      let taken = true;
      return () => {
        if (taken) give(viewer);
        taken = false;
      };
    },
  };
};
