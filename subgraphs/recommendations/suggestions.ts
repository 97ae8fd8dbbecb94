import type { Viewer } from '../../contract/viewer.ts';

/** How two items belong together. */
export type NeighbourKind = 'BOUGHT_TOGETHER' | 'VIEWED_TOGETHER' | 'SIMILAR';

export type ReasonCode =
  | NeighbourKind
  | 'BECAUSE_YOU_BOUGHT'
  | 'BECAUSE_YOU_VIEWED'
  | 'POPULAR_IN_CATEGORY'
  | 'TRENDING';

/** Why an item is shown. */
export interface Reason {
  readonly code: ReasonCode;
  /** The item that led to it; null where it is not about one. */
  readonly becauseId: string | null;
}

/** An item worth showing, and why. */
export interface Suggestion {
  readonly productId: string;
  readonly reason: Reason;
}

/** What can be said to the viewer without lying. */
export const REASON_TEXTS: Record<ReasonCode, string> = {
  BOUGHT_TOGETHER: 'Bought by the same people',
  VIEWED_TOGETHER: 'Viewed by the same people',
  BECAUSE_YOU_BOUGHT: 'Because you bought an item that goes with it',
  BECAUSE_YOU_VIEWED: 'Because you viewed an item that goes with it',
  SIMILAR: 'Similar to another item',
  POPULAR_IN_CATEGORY: 'Popular in a category that you looked at',
  TRENDING: 'Popular these days',
};

export const MAX_SUGGESTIONS = 50;

/** Where suggestions come from; store.ts has it. */
export interface SuggestionSource {
  /** From the neighbours of what this person last did, best first, without what they bought or sell. */
  readonly personal: (actorId: string, first: number) => Promise<readonly Suggestion[]>;
  /**
   * What is popular, most first, without these items and without what this person bought or sells;
   * where they are known, what is of the categories of what they last did comes first.
   */
  readonly popular: (
    first: number,
    except?: { readonly actorId: string; readonly productIds: readonly string[] },
  ) => Promise<readonly Suggestion[]>;
}

/**
 * Items for someone, best first: what goes with what they did, then what is popular, until there
 * are `first`. Who is not known gets what is popular. Two statements at most.
 */
export const suggestFor = async (
  source: SuggestionSource,
  viewer: Viewer,
  first: number,
): Promise<readonly Suggestion[]> => {
  if (viewer.kind !== 'user') return source.popular(first);
  const personal = await source.personal(viewer.id, first);
  if (personal.length === first) return personal;
  const productIds = personal.map(({ productId }) => productId);
  const popular = await source.popular(first - personal.length, { actorId: viewer.id, productIds });
  return [...personal, ...popular];
};
