import type pg from 'pg';
import type { Viewer } from '../../contract/viewer.ts';
import type { EventKind } from '../../subgraphs/recommendations/events.ts';
import { recommendations } from '../../subgraphs/recommendations/server.ts';
import { learn as learnNow } from '../../subgraphs/recommendations/training/store.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');

/** Who did what with which item, and how many days before `NOW`. */
export type Deed = readonly [actor: string, kind: EventKind, product: string, daysAgo?: number];

export const startRecommendations = (): Promise<TestSubgraph> =>
  startTestSubgraph(recommendations, { database: 'recommendations', seeded: false });

export const viewerNamed = (name: string): Viewer => ({
  kind: 'user',
  id: `user_${name}`,
  scopes: ['buyer'],
  sessionId: null,
});

/** Writes these events, in this order. */
export const addEvents = async (pool: pg.Pool, deeds: readonly Deed[]): Promise<void> => {
  for (const [index, [actor, kind, product, daysAgo = 0]] of deeds.entries()) {
    const at = new Date(NOW.getTime() - daysAgo * 86_400_000);
    await pool.query(
      `INSERT INTO events (kind, product_id, actor_id, occurred_at, client_event_id)
       VALUES ($1, $2, $3, $4, $5)`,
      [kind, `product_${product}`, `user_${actor}`, at, `arranged-${index}-${daysAgo}`],
    );
  }
};

/** What the subgraph does in the background, now. */
export const learn = async (pool: pg.Pool): Promise<void> => {
  const client = await pool.connect();
  try {
    await learnNow(client);
  } finally {
    client.release();
  }
};

/** Everyone of these does the same with everything of those. */
export const together = (
  actors: readonly string[],
  kind: EventKind,
  products: readonly string[],
): readonly Deed[] =>
  actors.flatMap((actor) => products.map((product): Deed => [actor, kind, product]));
