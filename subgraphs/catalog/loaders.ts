import { listLoader, recordLoader } from '../kit/batch.ts';
import type { PageRequest } from '../kit/pages.ts';
import { type Facet, isNarrowedBy, withoutOwnFilter } from './facets.ts';
import type { Position } from './positions.ts';
import { EVERYTHING, type Selection } from './selections.ts';
import type { Store } from './store.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** What is for sale of a seller is listed in this order. */
export const LISTINGS_SORT = 'NEWEST';

/** The batches of one request. The keys of listings are ids of sellers. */
export const createLoaders = (store: Store, viewerId: string | null) => ({
  /** Drafts of others are nowhere. */
  product: recordLoader(
    (ids) => store.productsById(ids, viewerId),
    (product) => product.id,
  ),

  /** One loader for each stretch that is asked for; a query asks for one or two. */
  listings: oneFor((request: PageRequest, position: Position | null) =>
    listLoader(
      (sellers) =>
        store.stretches({ selection: EVERYTHING, sort: LISTINGS_SORT, request, position }, sellers),
      ({ list }) => list,
    ),
  ),
  listingCount: recordLoader(
    (sellers) => store.counts(EVERYTHING, sellers),
    ({ list }) => list,
  ),
  listingFacet: oneFor((facet: Facet) =>
    listLoader(
      (sellers) => store.facetCounts(EVERYTHING, [facet], sellers),
      ({ list }) => list,
    ),
  ),

  /** The facets of one list, each without its own filter; those that have none are read together. */
  facetsOf: (selection: Selection) =>
    listLoader(
      async (facets: readonly Facet[]) => {
        const alike = facets.filter((facet) => !isNarrowedBy(selection, facet));
        const narrowed = facets.filter((facet) => isNarrowedBy(selection, facet));
        const counts = await Promise.all([
          alike.length === 0 ? [] : store.facetCounts(selection, alike, null),
          ...narrowed.map((facet) =>
            store.facetCounts(withoutOwnFilter(selection, facet), [facet], null),
          ),
        ]);
        return counts.flat();
      },
      ({ facet }) => facet,
    ),
});

/** The same loader for the same arguments, so that all who ask alike share its batch. */
const oneFor = <Arguments extends readonly unknown[], Loader>(
  create: (...args: Arguments) => Loader,
): ((...args: Arguments) => Loader) => {
  const made = new Map<string, Loader>();
  return (...args) => {
    const key = JSON.stringify(args);
    const loader = made.get(key) ?? create(...args);
    made.set(key, loader);
    return loader;
  };
};
