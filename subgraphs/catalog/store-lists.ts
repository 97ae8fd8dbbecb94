import { Prisma, type PrismaClient } from '../../generated/prisma/catalog/client.ts';
import type { PageRequest } from '../kit/pages.ts';
import { type Facet, type FacetCount, MAX_FACET_VALUES, PRICE_STEPS } from './facets.ts';
import {
  type Eras,
  MAX_COUNT,
  MAX_COUNT_OF_SEARCH,
  MAX_DIVIDED,
  MAX_RANKED,
  NO_ERAS,
} from './newest.ts';
import type { Position, Ranked, Sort } from './positions.ts';
import { MAX_LONGER, MAX_SEARCH_WORDS, type SearchWord } from './search.ts';
import type { Selection } from './selections.ts';
import { newest } from './store-newest.ts';
import { PRODUCT_COLUMNS, type ProductRow, productOf } from './store-rows.ts';

/** Which stretch of which list; the position is that of the request's cursor. */
export interface Stretch {
  readonly selection: Selection;
  readonly sort: Sort;
  readonly request: PageRequest;
  readonly position: Position | null;
}

/** Whose list a row belongs to: a seller's, or `''` for the list of no seller in particular. */
interface OfList {
  readonly list: string;
}

/**
 * Lists of what is for sale. Each reads one list, or one of every seller named, which differ in
 * nothing else; either way in one statement.
 */
export interface ListReader {
  /** Up to one more than the page holds, in the direction of the request. */
  readonly stretches: (
    stretch: Stretch,
    sellerIds: readonly string[] | null,
  ) => Promise<readonly (Ranked & OfList)[]>;
  /** Up to MAX_COUNT or MAX_COUNT_OF_SEARCH. */
  readonly counts: (
    selection: Selection,
    sellerIds: readonly string[] | null,
  ) => Promise<readonly ({ readonly count: number } & OfList)[]>;
  /** Most items first; of a long list, its newest items. */
  readonly facetCounts: (
    selection: Selection,
    facets: readonly Facet[],
    sellerIds: readonly string[] | null,
  ) => Promise<readonly (FacetCount & OfList & { readonly facet: Facet })[]>;
  /** The words of a search, each looked up among the words of all items. */
  readonly searchWords: (search: string) => Promise<readonly SearchWord[]>;
}

/** How many of the nearest words by trigrams are looked at for the nearest by slips. */
const ALIKE = 40;

/** @param eras how old items are at the moment */
export const createListReader = (prisma: PrismaClient, eras: () => Eras): ListReader => ({
  stretches: async ({ selection, sort, request, position }, sellerIds) => {
    const { key, type, descending } = ORDERS[sort](selection);
    const falling = descending === (request.direction === 'forward');
    const beyond = falling ? Prisma.sql`<` : Prisma.sql`>`;
    const direction = falling ? Prisma.sql`DESC` : Prisma.sql`ASC`;
    const after =
      position === null
        ? Prisma.sql`TRUE`
        : Prisma.sql`(${key}, p.id) ${beyond} (${position.value}::${type}, ${position.id})`;
    const ranked = sort === 'RELEVANCE';
    const where = conditions(selection, sellerIds);
    const candidates = ranked
      ? newest(where, Prisma.sql`p.*`, MAX_RANKED, erasFor(selection, eras()))
      : Prisma.sql`products`;

    const rows = await prisma.$queryRaw<(ProductRow & OfList & { rank: number })[]>`
      SELECT lists.list, found.*
      FROM ${listsOf(sellerIds)} CROSS JOIN LATERAL (
        SELECT ${PRODUCT_COLUMNS}, ${ranked ? key : Prisma.sql`0`} AS rank
        FROM ${candidates} p
        WHERE ${ranked ? Prisma.sql`TRUE` : where} AND ${after}
        ORDER BY ${key} ${direction}, p.id ${direction}
        LIMIT ${request.size + 1}
      ) found`;
    return rows.map(({ list, rank, ...row }) => ({ list, rank, product: productOf(row) }));
  },

  counts: (selection, sellerIds) => {
    const where = conditions(selection, sellerIds);
    const counted =
      selection.query === null
        ? Prisma.sql`(SELECT FROM products p WHERE ${where} LIMIT ${MAX_COUNT})`
        : newest(where, Prisma.sql`p.id`, MAX_COUNT_OF_SEARCH, eras());
    return prisma.$queryRaw`
      SELECT lists.list, found.count
      FROM ${listsOf(sellerIds)} CROSS JOIN LATERAL (
        SELECT count(*)::INTEGER AS count FROM ${counted} counted
      ) found`;
  },

  facetCounts: (selection, facets, sellerIds) => {
    const where = conditions(selection, sellerIds);
    const list = newest(where, DIVIDED, MAX_DIVIDED, erasFor(selection, eras()));
    const counted = facets.map(
      (facet) => Prisma.sql`(
      SELECT ${facet} AS facet, ${FACETS[facet].shown} AS value, count(*)::INTEGER AS count
      FROM divided p CROSS JOIN LATERAL (SELECT ${FACETS[facet].value} AS value) facet
      WHERE facet.value IS NOT NULL
      GROUP BY facet.value
      ORDER BY 3 DESC, facet.value
      LIMIT ${MAX_FACET_VALUES}
    )`,
    );
    return prisma.$queryRaw`
      SELECT lists.list, found.facet, found.value, found.count
      FROM ${listsOf(sellerIds)} CROSS JOIN LATERAL (
        WITH divided AS MATERIALIZED (SELECT * FROM ${list} newest)
        ${Prisma.join(counted, ' UNION ALL ')}
      ) found`;
  },

  searchWords: (search) => prisma.$queryRaw`
    SELECT words.word, stems.stem, lookup.known, others.alike, longer.words AS longer
    FROM (
      SELECT (string_to_array(product_words(${search}), ' '))[:${MAX_SEARCH_WORDS}::INTEGER] AS list
    ) typed
    CROSS JOIN LATERAL unnest(typed.list) WITH ORDINALITY AS words (word, position)
    CROSS JOIN LATERAL (
      SELECT (tsvector_to_array(to_tsvector('pg_catalog.english', words.word)))[1] AS stem
    ) stems
    CROSS JOIN LATERAL (
      SELECT words.word !~ '^[[:alpha:]]{4,30}$'
        OR EXISTS (SELECT FROM search_words WHERE word IN (words.word, stems.stem))
        OR words.position = cardinality(typed.list) AND EXISTS (
          SELECT FROM search_words
          WHERE word >= words.word AND word < words.word || chr(1114111)
        ) AS known
    ) lookup
    CROSS JOIN LATERAL (
      SELECT CASE WHEN lookup.known THEN '{}' ELSE alike_words(words.word, ${ALIKE}::INTEGER) END AS alike
    ) others
    CROSS JOIN LATERAL (
      -- Words with digits are not among the words of all items: what begins with one is found as a beginning.
      SELECT CASE WHEN cardinality(found.list) <= ${MAX_LONGER} AND words.word ~ '^[[:alpha:]]{3,30}$'
        THEN found.list END AS words
      FROM (
        SELECT ARRAY(
          SELECT word FROM search_words
          WHERE word >= words.word AND word < words.word || chr(1114111)
            AND words.position = cardinality(typed.list)
          LIMIT ${MAX_LONGER + 1}::INTEGER
        ) AS list
      ) found
    ) longer
    ORDER BY words.position`,
});

const listsOf = (sellerIds: readonly string[] | null): Prisma.Sql =>
  Prisma.sql`unnest(${sellerIds ?? ['']}::TEXT[]) AS lists (list)`;

/** What an item has to fulfil to be in the list, over `products p` and `lists`. */
const conditions = (selection: Selection, sellerIds: readonly string[] | null): Prisma.Sql => {
  const { query, categoryIds, brands, minPrice, maxPrice, sellerId } = selection;
  return Prisma.join(
    [
      // Written out, so that the partial indexes fit.
      Prisma.sql`p.availability = 'AVAILABLE'`,
      sellerIds === null ? null : Prisma.sql`p.seller_id = lists.list`,
      query === null ? null : Prisma.sql`p.search_vector @@ ${query}::TSQUERY`,
      categoryIds === null ? null : Prisma.sql`p.category_id = ANY(${categoryIds})`,
      brands === null
        ? null
        : Prisma.sql`lower(p.brand) = ANY(ARRAY(SELECT lower(b) FROM unnest(${brands}::TEXT[]) b))`,
      selection.conditions === null
        ? null
        : Prisma.sql`p.condition = ANY(${selection.conditions}::condition[])`,
      minPrice === null ? null : Prisma.sql`p.price_amount >= ${minPrice}`,
      maxPrice === null ? null : Prisma.sql`p.price_amount <= ${maxPrice}`,
      sellerId === null ? null : Prisma.sql`p.seller_id = ${sellerId}`,
    ].filter((each) => each !== null),
    ' AND ',
  );
};

interface Order {
  readonly key: Prisma.Sql;
  readonly type: Prisma.Sql;
  readonly descending: boolean;
}

const BY_PRICE = { key: Prisma.sql`p.price_amount`, type: Prisma.sql`BIGINT` };

/** Id and key always fall or rise together, so that one comparison of rows finds a cursor's place. */
const ORDERS: Readonly<Record<Sort, (selection: Selection) => Order>> = {
  RELEVANCE: ({ query }) => ({
    key: Prisma.sql`round(1000000 * ts_rank(p.search_vector, ${query}::TSQUERY))::INTEGER`,
    type: Prisma.sql`BIGINT`,
    descending: true,
  }),
  NEWEST: () => ({
    key: Prisma.sql`p.listed_at`,
    type: Prisma.sql`TIMESTAMPTZ`,
    descending: true,
  }),
  PRICE_ASCENDING: () => ({ ...BY_PRICE, descending: false }),
  PRICE_DESCENDING: () => ({ ...BY_PRICE, descending: true }),
};

/** Without a search, the indexes that lists are sorted by find the newest by themselves. */
const erasFor = ({ query }: Selection, eras: Eras): Eras => (query === null ? NO_ERAS : eras);

interface FacetColumns {
  /** What is counted; null counts nowhere. */
  readonly value: Prisma.Sql;
  /** What stands for the items counted together. */
  readonly shown: Prisma.Sql;
}

const VALUE = Prisma.sql`facet.value`;

/** The columns that facets are counted by. */
const DIVIDED = Prisma.sql`p.category_id, p.brand, p.condition, p.price_amount, p.price_currency`;

const FACETS: Readonly<Record<Facet, FacetColumns>> = {
  categories: { value: Prisma.sql`p.category_id`, shown: VALUE },
  // A brand is one however it is spelt; it is shown as most of its items spell it.
  brands: {
    value: Prisma.sql`lower(p.brand)`,
    shown: Prisma.sql`mode() WITHIN GROUP (ORDER BY p.brand)`,
  },
  conditions: { value: Prisma.sql`p.condition::TEXT`, shown: VALUE },
  priceRanges: {
    value: Prisma.sql`p.price_currency || ' ' || width_bucket(p.price_amount, ${[...PRICE_STEPS]}::BIGINT[])`,
    shown: VALUE,
  },
};
