import type pg from 'pg';
import { expect, test } from 'vitest';
import { addMedia, attach, BICYCLE, startMedia } from './arrange.ts';

const ids = (count: number) => Array.from({ length: count }, (_, n) => `image_${n}`);

const setSource = (pool: pg.Pool, source: object, placeholder: string | null): Promise<unknown> =>
  pool.query('UPDATE media_items SET source = $1, placeholder = $2', [
    JSON.stringify(source),
    placeholder,
  ]);

test('an item shows twelve things and no thirteenth', async () => {
  await using media = await startMedia();
  const { pool } = media.subgraph;
  for (const id of ids(13)) await addMedia(pool, id, BICYCLE);
  await attach(pool, 'product_a', ids(12));
  await expect(attach(pool, 'product_b', ids(13))).rejects.toThrow('attachments_position_check');
});

test.each([
  [
    'a film as the source of a picture',
    { kind: 'clip', name: 'turning-wheel' },
    'data:,',
    'source_check',
  ],
  ['a source that there is not', { kind: 'dreamt' }, 'data:,', 'source_check'],
  ['a photograph without a preview', { kind: 'file', path: 'a/b.webp' }, null, 'placeholder_check'],
  ['a path out of the folder', { kind: 'file', path: 'a/../../b.webp' }, 'data:,', 'path_check'],
  ['a path from the root', { kind: 'file', path: '/etc/passwd' }, 'data:,', 'path_check'],
])('%s is refused', async (_case, source, placeholder, constraint) => {
  await using media = await startMedia();
  await addMedia(media.subgraph.pool, 'image_a', BICYCLE);
  await expect(setSource(media.subgraph.pool, source, placeholder)).rejects.toThrow(constraint);
});

test('a picture cannot be shown by something that has another kind of id', async () => {
  await using media = await startMedia();
  const { pool } = media.subgraph;
  await addMedia(pool, 'image_a', BICYCLE);
  const wrong = pool.query(`INSERT INTO attachments VALUES ('USER', 'product_a', 0, 'image_a')`);
  await expect(wrong).rejects.toThrow('owner_id_check');
  await expect(addMedia(pool, 'video_a', BICYCLE)).rejects.toThrow('id_check');
});
