import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { mediaWith } from '../../subgraphs/media/server.ts';
import type { MediaSettings } from '../../subgraphs/media/settings.ts';
import { type DrawnSource, describe, type Recipe } from '../../subgraphs/media/sources.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';

export interface TestMedia extends AsyncDisposable {
  readonly subgraph: TestSubgraph;
  /** The media folder, empty at first. */
  readonly folder: string;
}

/** The media subgraph with a database and a folder of its own. */
export const startMedia = async (settings: Partial<MediaSettings> = {}): Promise<TestMedia> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-media-'));
  const factory = mediaWith(() => ({ folder, bucket: null, usesFfmpeg: false, ...settings }));
  const subgraph = await startTestSubgraph(factory, { database: 'media', seeded: false });
  return {
    subgraph,
    folder,
    [Symbol.asyncDispose]: async () => {
      await subgraph[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
};

export const BICYCLE: DrawnSource = {
  kind: 'drawn',
  icon: 'bicycle',
  palette: 'lagoon',
  variant: 'front',
};

/** Writes the row that a recipe makes; gives back its digest. */
export const addMedia = async (
  pool: pg.Pool,
  id: string,
  recipe: Recipe,
  posterId: string | null = null,
): Promise<string> => {
  const row = describe(recipe);
  await pool.query(
    `INSERT INTO media_items (id, kind, alt, width, height, mime_type, digest, source, placeholder, duration_seconds, poster_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, row.kind, `It is ${id}`, row.width, row.height, row.mimeType, row.digest],
      ...[JSON.stringify(row.source), row.placeholder, row.durationSeconds, posterId],
    ],
  );
  return row.digest;
};

/** Shows media on an item or person, in this order. */
export const attach = async (
  pool: pg.Pool,
  ownerId: string,
  mediaIds: readonly string[],
): Promise<void> => {
  const ownerKind = ownerId.startsWith('user_') ? 'USER' : 'PRODUCT';
  for (const [position, mediaId] of mediaIds.entries()) {
    await pool.query('INSERT INTO attachments VALUES ($1, $2, $3, $4)', [
      ...[ownerKind, ownerId, position, mediaId],
    ]);
  }
};
