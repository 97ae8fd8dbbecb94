import { Prisma, PrismaClient } from '../../generated/prisma/recommendations/client.ts';
import type { Database } from '../kit/database.ts';
import type { Event } from './events.ts';
import { POPULARITY_FLOOR } from './models/blend.ts';
import type { NeighbourKind, Suggestion, SuggestionSource } from './suggestions.ts';
import { POPULARITY_EXPONENT, WEIGHTS } from './weights.ts';

/** How many neighbours of which item are asked for. */
export interface RelatedRequest {
  readonly productId: string;
  readonly first: number;
}

export type Related = Suggestion & {
  /** The item that it is a neighbour of. */
  readonly ofProductId: string;
};

/** Every method is one statement. */
export interface Store extends SuggestionSource {
  /** Writes what is not known yet; how many that were. */
  readonly record: (events: readonly Event[]) => Promise<number>;
  /** The nearest neighbours of each of these items, nearest first. */
  readonly related: (requests: readonly RelatedRequest[]) => Promise<readonly Related[]>;
}

/** What someone did last says what they are after; what they did long ago says less. */
const REMEMBERED_EVENTS = 200;

/** Items of which nothing was told are shown: they were for sale before anyone told. */
const isShown = (productId: Prisma.Sql, actorId: string): Prisma.Sql => Prisma.sql`
  NOT EXISTS (
    SELECT FROM items i
    WHERE i.id = ${productId} AND (NOT i.is_available OR i.seller_id = ${actorId})
  )`;

const NOBODY = '';

const WEIGHT = Prisma.sql`
  CASE kind WHEN 'VIEWED' THEN ${WEIGHTS.VIEWED}::float8
    WHEN 'ADDED_TO_CART' THEN ${WEIGHTS.ADDED_TO_CART}::float8
    WHEN 'BOUGHT' THEN ${WEIGHTS.BOUGHT}::float8 END`;

export const createStore = (database: Database): Store => {
  const prisma = new PrismaClient(database.prismaOptions);
  return {
    record: (events) => record(prisma, events),
    related: (requests) => related(prisma, requests),
    personal: (actorId, first) => personal(prisma, actorId, first),
    popular: (first, except) => popular(prisma, first, except),
  };
};

const record = (prisma: PrismaClient, events: readonly Event[]): Promise<number> =>
  // Of events that stand in `events` twice, ON CONFLICT skips the second as well. All insert in one
  // order: two who met each other's keys in different orders would wait for each other (a deadlock).
  prisma.$executeRaw`
    INSERT INTO events (kind, product_id, actor_id, occurred_at, client_event_id)
    SELECT kind::event_kind, product_id, actor_id, occurred_at, client_event_id
    FROM unnest(
      ${events.map(({ kind }) => kind)}::text[],
      ${events.map(({ productId }) => productId)}::text[],
      ${events.map(({ actorId }) => actorId)}::text[],
      ${events.map(({ occurredAt }) => occurredAt)}::timestamptz[],
      ${events.map(({ clientEventId }) => clientEventId)}::text[]
    ) AS sent (kind, product_id, actor_id, occurred_at, client_event_id)
    ORDER BY actor_id, client_event_id
    ON CONFLICT (actor_id, client_event_id) DO NOTHING`;

const related = async (
  prisma: PrismaClient,
  requests: readonly RelatedRequest[],
): Promise<readonly Related[]> => {
  // What is sold since it was learnt leaves gaps in the ranks, so the first are counted, not compared.
  const rows = await prisma.$queryRaw<
    { ofProductId: string; productId: string; kind: NeighbourKind }[]
  >`
    SELECT asked.product_id AS "ofProductId", n.neighbour_id AS "productId", n.kind::text AS kind
    FROM unnest(
      ${requests.map(({ productId }) => productId)}::text[],
      ${requests.map(({ first }) => first)}::int[]
    ) AS asked (product_id, first)
    CROSS JOIN LATERAL (
      SELECT neighbour_id, kind, rank FROM neighbours
      WHERE product_id = asked.product_id AND ${isShown(Prisma.sql`neighbour_id`, NOBODY)}
      ORDER BY rank LIMIT asked.first
    ) n
    ORDER BY asked.product_id, n.rank`;
  return rows.map(({ ofProductId, productId, kind }) => ({
    ofProductId,
    productId,
    reason: { code: kind, becauseId: ofProductId },
  }));
};

/** The same as `blendModel` computes, over what the person last did. */
const personal = async (
  prisma: PrismaClient,
  actorId: string,
  first: number,
): Promise<readonly Suggestion[]> => {
  const rows = await prisma.$queryRaw<PersonalRow[]>`
    WITH recent AS (
      SELECT product_id, kind FROM events WHERE actor_id = ${actorId}
      ORDER BY occurred_at DESC, id DESC LIMIT ${REMEMBERED_EVENTS}
    ), interest AS (
      SELECT product_id, max(${WEIGHT}) AS weight, bool_or(kind = 'BOUGHT') AS bought
      FROM recent GROUP BY product_id
    ), share AS (
      SELECT n.neighbour_id, i.product_id, i.weight * n.score AS score,
        CASE WHEN n.kind = 'SIMILAR' THEN 'SIMILAR' WHEN i.bought THEN 'BECAUSE_YOU_BOUGHT'
          ELSE 'BECAUSE_YOU_VIEWED' END AS code
      FROM interest i JOIN neighbours n ON n.product_id = i.product_id
      WHERE ${isNotBought(Prisma.sql`n.neighbour_id`, actorId)}
        AND ${isShown(Prisma.sql`n.neighbour_id`, actorId)}
    ), summed AS (
      SELECT neighbour_id, sum(score) AS score,
        (array_agg(product_id ORDER BY score DESC, product_id))[1] AS because_id,
        (array_agg(code ORDER BY score DESC, product_id))[1] AS code
      FROM share GROUP BY neighbour_id
    )
    SELECT neighbour_id AS "productId", because_id AS "becauseId", code
    FROM summed LEFT JOIN popularity p ON p.product_id = neighbour_id
    ORDER BY summed.score
      * (coalesce(p.score, 0) + ${POPULARITY_FLOOR}::float8) ^ ${POPULARITY_EXPONENT}::float8 DESC,
      neighbour_id
    LIMIT ${first}`;
  return rows.map(({ productId, becauseId, code }) => ({ productId, reason: { code, becauseId } }));
};

interface PersonalRow {
  readonly productId: string;
  readonly becauseId: string;
  readonly code: 'SIMILAR' | 'BECAUSE_YOU_BOUGHT' | 'BECAUSE_YOU_VIEWED';
}

const isNotBought = (productId: Prisma.Sql, actorId: string): Prisma.Sql => Prisma.sql`
  NOT EXISTS (
    SELECT FROM events e
    WHERE e.actor_id = ${actorId} AND e.kind = 'BOUGHT' AND e.product_id = ${productId}
  )`;

const NOTHING = { actorId: NOBODY, productIds: [] };

const popular = async (
  prisma: PrismaClient,
  first: number,
  { actorId, productIds }: { actorId: string; productIds: readonly string[] } = NOTHING,
): Promise<readonly Suggestion[]> => {
  const rows = await prisma.$queryRaw<{ productId: string; isOfCategory: boolean }[]>`
    WITH recent AS (
      SELECT product_id FROM events WHERE actor_id = ${actorId}
      ORDER BY occurred_at DESC, id DESC LIMIT ${REMEMBERED_EVENTS}
    ), own AS (
      SELECT DISTINCT category_id FROM recent JOIN items ON items.id = recent.product_id
    )
    SELECT p.product_id AS "productId", own.category_id IS NOT NULL AS "isOfCategory"
    FROM popularity p
    LEFT JOIN items of_item ON of_item.id = p.product_id
    LEFT JOIN own ON own.category_id = of_item.category_id
    WHERE p.product_id <> ALL(${productIds}::text[])
      AND ${isNotBought(Prisma.sql`p.product_id`, actorId)}
      AND ${isShown(Prisma.sql`p.product_id`, actorId)}
    ORDER BY own.category_id IS NOT NULL DESC, p.score DESC, p.product_id LIMIT ${first}`;
  return rows.map(({ productId, isOfCategory }) => ({
    productId,
    reason: { code: isOfCategory ? 'POPULAR_IN_CATEGORY' : 'TRENDING', becauseId: null },
  }));
};
