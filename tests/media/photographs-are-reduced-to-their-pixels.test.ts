import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { openDatabase } from '../../subgraphs/kit/database.ts';
import { storePhotograph } from '../../subgraphs/media/photographs.ts';
import { openFolder } from '../../subgraphs/media/storage.ts';
import { createStore } from '../../subgraphs/media/store.ts';
import { startMedia } from './arrange.ts';

const photograph = (width = 1200, height = 900) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 40 })
    .withExif({ IFD0: { Copyright: 'somebody' }, IFD3: { GPSLatitudeRef: 'N' } });

const startLibrary = async () => {
  const media = await startMedia();
  const url = String(Reflect.get(media.subgraph.pool.options, 'connectionString'));
  const database = openDatabase(url);
  return {
    ...media,
    library: { store: createStore(database), storage: openFolder(media.folder) },
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await media[Symbol.asyncDispose]();
    },
  };
};

test('nothing of a photograph remains but what is seen', async () => {
  await using media = await startLibrary();
  const bytes = await photograph().toBuffer();
  expect((await sharp(bytes).metadata()).exif).toBeDefined();
  const picture = await storePhotograph(media.library, bytes, 'Noise');
  if (picture.source.kind !== 'file') throw new Error('not a file');
  const stored = await readFile(path.join(media.folder, picture.source.path));
  const { exif, format, width } = await sharp(stored).metadata();
  expect({ exif, format, width }).toEqual({ exif: undefined, format: 'webp', width: 1200 });
  expect(picture.placeholder).toMatch(/^data:image\/webp;base64,/);
  expect(picture.placeholder.length).toBeLessThanOrEqual(500);
});

test('it is turned upright and at most 1920 pixels a side', async () => {
  await using media = await startLibrary();
  const lying = await photograph(2400, 1200).withMetadata({ orientation: 6 }).toBuffer();
  const { width, height } = await storePhotograph(media.library, lying, 'Lying');
  expect([width, height]).toEqual([960, 1920]);
});

test('the same photograph is taken in once, and shown where it is said', async () => {
  await using media = await startLibrary();
  const bytes = await photograph().toBuffer();
  const place = { ownerKind: 'PRODUCT', ownerId: 'product_a', position: 0 } as const;
  const first = await storePhotograph(media.library, bytes, 'First', place);
  const second = await storePhotograph(media.library, bytes, 'Second', place);
  expect(second).toEqual(first);
  const { rows } = await media.subgraph.pool.query(
    'SELECT owner_id, media_id, (SELECT count(*)::int FROM media_items) AS items FROM attachments',
  );
  expect(rows).toEqual([{ owner_id: 'product_a', media_id: first.id, items: 1 }]);
});

test('it is served like any picture, never larger than it is', async () => {
  await using media = await startLibrary();
  const { id, digest } = await storePhotograph(
    media.library,
    await photograph(700, 500).toBuffer(),
    'x',
  );
  const at = (width: number) =>
    fetch(`${media.subgraph.url}/media/images/${id}/${digest}/w${width}.webp`);
  const served = await at(640);
  const { width, height } = await sharp(Buffer.from(await served.arrayBuffer())).metadata();
  expect([width, height]).toEqual([640, 457]);
  expect((await at(960)).status).toBe(404);
});

test('a picture narrower than all widths comes in its own size', async () => {
  await using media = await startLibrary();
  const { id, digest } = await storePhotograph(
    media.library,
    await photograph(90, 60).toBuffer(),
    'x',
  );
  const response = await fetch(`${media.subgraph.url}/media/images/${id}/${digest}/w160.png`);
  const { width } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
  expect(width).toBe(90);
});

test.each([
  ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
  ['a text', 'not a picture'],
])('%s is refused', async (_case, text) => {
  await using media = await startLibrary();
  await expect(storePhotograph(media.library, Buffer.from(text), 'x')).rejects.toThrow();
});

test('a picture of more than 50 megapixels is refused before it is opened', async () => {
  await using media = await startLibrary();
  const bomb = await sharp({
    create: { width: 8000, height: 6300, channels: 3, background: '#fff' },
  })
    .png({ compressionLevel: 9 })
    .toBuffer();
  await expect(storePhotograph(media.library, bomb, 'x')).rejects.toThrow(/pixel limit/);
});
