import { isDeepStrictEqual } from 'node:util';
import type { Budget } from '../kit/budget.ts';
import { clientError } from '../kit/errors.ts';
import { type Page, type PageArguments, pageOf, pageRequest } from '../kit/pages.ts';
import type { CategoryTree } from './categories.ts';
import type { Context } from './context.ts';
import { type Facet, type FacetCount, withoutFilters } from './facets.ts';
import { LISTINGS_SORT } from './loaders.ts';
import { MAX_DIVIDED } from './newest.ts';
import { cursorAt, positionAt, type Ranked, type Sort } from './positions.ts';
import type { Availability, Product } from './products.ts';
import { queryOf } from './search.ts';
import { checkFilter, type Filter, type Selection, searchOf, selectionOf } from './selections.ts';

/** A list whose parts are read when they are asked for: each a statement, and none is read twice. */
export interface ProductConnection {
  readonly page: () => Promise<Page<Product>>;
  readonly totalCount: () => Promise<number>;
  readonly facet: (facet: Facet) => Promise<readonly FacetCount[]>;
  /** Whether there is more than facets divide, without their filters. */
  readonly isApproximate: () => Promise<boolean>;
}

const pageOfRanked = (
  sort: Sort,
  request: ReturnType<typeof pageRequest>,
  rows: readonly Ranked[],
  budget: Budget,
): Page<Product> => {
  budget.take(Math.min(rows.length, request.size));
  const { edges, pageInfo } = pageOf(request, rows, (row) => cursorAt(sort, row));
  const products = edges.map(({ cursor, node }) => ({ cursor, node: node.product }));
  return { edges: products, nodes: products.map(({ node }) => node), pageInfo };
};

/** A seller's own list. */
export interface MyProductConnection {
  readonly page: () => Promise<Page<Product>>;
  readonly totalCount: () => Promise<number>;
}

const once = <Value>(read: () => Promise<Value>): (() => Promise<Value>) => {
  let begun: Promise<Value> | undefined;
  return () => {
    begun ??= read();
    return begun;
  };
};

const sortOf = (asked: Sort | null | undefined, searching: boolean): Sort => {
  if (asked === 'RELEVANCE' && !searching)
    throw clientError('BAD_USER_INPUT', 'RELEVANCE needs `filter.search`.');
  return asked ?? (searching ? 'RELEVANCE' : 'NEWEST');
};

/**
 * What is for sale and passes a filter.
 *
 * @throws GraphQLError BAD_USER_INPUT where an argument is out of its bounds.
 */
export const productConnection = async (
  { store, loaders, budget }: Pick<Context, 'store' | 'loaders' | 'budget'>,
  tree: CategoryTree,
  filter: Filter,
  asked: Sort | null | undefined,
  args: PageArguments,
): Promise<ProductConnection> => {
  const wrong = checkFilter(filter);
  if (wrong !== null) throw clientError('BAD_USER_INPUT', wrong);
  const request = pageRequest(args);
  const search = searchOf(filter);
  const sort = sortOf(asked, search !== null);
  const position = positionAt(sort, request.cursor);

  const query = search === null ? null : queryOf(await store.searchWords(search));
  const selection = selectionOf(filter, query, tree);
  const facets = loaders.facetsOf(selection);
  const countOf = async (counted: Selection): Promise<number> =>
    (await store.counts(counted, null))[0]?.count ?? 0;
  const totalCount = once(() => countOf(selection));
  const unfiltered = withoutFilters(selection);
  return {
    page: once(async () => {
      const rows = await store.stretches({ selection, sort, request, position }, null);
      return pageOfRanked(sort, request, rows, budget);
    }),
    totalCount,
    facet: (facet) => facets.load(facet),
    isApproximate: async () => {
      const isSame = isDeepStrictEqual(unfiltered, selection);
      return (await (isSame ? totalCount() : countOf(unfiltered))) >= MAX_DIVIDED;
    },
  };
};

/**
 * What a seller has for sale; all sellers who are asked about alike are read together.
 *
 * @throws GraphQLError BAD_USER_INPUT where an argument is out of its bounds.
 */
export const listingsConnection = (
  { loaders, budget }: Pick<Context, 'loaders' | 'budget'>,
  sellerId: string,
  args: PageArguments,
): ProductConnection => {
  const request = pageRequest(args);
  const position = positionAt(LISTINGS_SORT, request.cursor);
  return {
    page: once(async () => {
      const rows = await loaders.listings(request, position).load(sellerId);
      return pageOfRanked(LISTINGS_SORT, request, rows, budget);
    }),
    totalCount: async () => (await loaders.listingCount.load(sellerId))?.count ?? 0,
    facet: (facet) => loaders.listingFacet(facet).load(sellerId),
    isApproximate: async () => {
      const list = await loaders.listingCount.load(sellerId);
      return (list?.count ?? 0) >= MAX_DIVIDED;
    },
  };
};

/**
 * What a seller has, in one state or all; drafts too, so only for themselves.
 *
 * @throws GraphQLError BAD_USER_INPUT where an argument is out of its bounds.
 */
export const myProductConnection = (
  { store, budget }: Pick<Context, 'store' | 'budget'>,
  sellerId: string,
  state: Availability | null,
  args: PageArguments,
): MyProductConnection => {
  const request = pageRequest(args);
  const position = positionAt(LISTINGS_SORT, request.cursor);
  const own = { sellerId, state };
  return {
    page: once(async () => {
      const products = await store.ownProducts(own, request, position);
      const ranked = products.map((product) => ({ product, rank: 0 }));
      return pageOfRanked(LISTINGS_SORT, request, ranked, budget);
    }),
    totalCount: () => store.countOwnProducts(own),
  };
};
