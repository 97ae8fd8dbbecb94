import { Prisma, PrismaClient } from '../../generated/prisma/recommendations/client.ts';
import type { Database } from '../kit/database.ts';
import type { Event } from './events.ts';
import type { NeighbourKind, Suggestion, SuggestionSource } from './suggestions.ts';
import { WEIGHTS } from './weights.ts';

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

/** What someone did last says what they are after; what they did a year ago does not. */
const REMEMBERED_EVENTS = 50;

const WEIGHT = Prisma.sql`
  CASE kind WHEN 'VIEWED' THEN ${WEIGHTS.VIEWED}::int
    WHEN 'ADDED_TO_CART' THEN ${WEIGHTS.ADDED_TO_CART}::int
    WHEN 'BOUGHT' THEN ${WEIGHTS.BOUGHT}::int END`;

export const createStore = (database: Database): Store => {
  const prisma = new PrismaClient({ adapter: database.adapter });
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
  const rows = await prisma.$queryRaw<
    { ofProductId: string; productId: string; kind: NeighbourKind }[]
  >`
    SELECT n.product_id AS "ofProductId", n.neighbour_id AS "productId", n.kind::text AS kind
    FROM unnest(
      ${requests.map(({ productId }) => productId)}::text[],
      ${requests.map(({ first }) => first)}::int[]
    ) AS asked (product_id, first)
    JOIN neighbours n ON n.product_id = asked.product_id AND n.rank < asked.first
    ORDER BY n.product_id, n.rank`;
  return rows.map(({ ofProductId, productId, kind }) => ({
    ofProductId,
    productId,
    reason: { code: kind, becauseId: ofProductId },
  }));
};

const personal = async (
  prisma: PrismaClient,
  actorId: string,
  first: number,
): Promise<readonly Suggestion[]> => {
  const rows = await prisma.$queryRaw<{ productId: string; becauseId: string; bought: boolean }[]>`
    WITH recent AS (
      SELECT product_id, kind FROM events WHERE actor_id = ${actorId}
      ORDER BY occurred_at DESC, id DESC LIMIT ${REMEMBERED_EVENTS}
    ), interest AS (
      SELECT product_id, max(${WEIGHT}) AS weight, bool_or(kind = 'BOUGHT') AS bought
      FROM recent GROUP BY product_id
    ), share AS (
      SELECT n.neighbour_id, i.product_id, i.bought, i.weight * n.score AS score
      FROM interest i JOIN neighbours n ON n.product_id = i.product_id
      WHERE NOT EXISTS (
        SELECT FROM events e
        WHERE e.actor_id = ${actorId} AND e.kind = 'BOUGHT' AND e.product_id = n.neighbour_id
      )
    )
    SELECT neighbour_id AS "productId",
      (array_agg(product_id ORDER BY score DESC, product_id))[1] AS "becauseId",
      (array_agg(bought ORDER BY score DESC, product_id))[1] AS bought
    FROM share GROUP BY neighbour_id
    ORDER BY sum(score) DESC, neighbour_id LIMIT ${first}`;
  return rows.map(({ productId, becauseId, bought }) => ({
    productId,
    reason: { code: bought ? 'BECAUSE_YOU_BOUGHT' : 'BECAUSE_YOU_VIEWED', becauseId },
  }));
};

const NOTHING = { actorId: '', productIds: [] };

const popular = async (
  prisma: PrismaClient,
  first: number,
  { actorId, productIds }: { actorId: string; productIds: readonly string[] } = NOTHING,
): Promise<readonly Suggestion[]> => {
  const rows = await prisma.$queryRaw<{ productId: string }[]>`
    SELECT p.product_id AS "productId" FROM popularity p
    WHERE p.product_id <> ALL(${productIds}::text[]) AND NOT EXISTS (
      SELECT FROM events e
      WHERE e.actor_id = ${actorId} AND e.kind = 'BOUGHT' AND e.product_id = p.product_id
    )
    ORDER BY p.score DESC, p.product_id LIMIT ${first}`;
  return rows.map(({ productId }) => ({
    productId,
    reason: { code: 'TRENDING', becauseId: null },
  }));
};
