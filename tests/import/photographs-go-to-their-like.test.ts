import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type Marketplace, openMarketplace } from './importing.ts';

/** Two photographs of dresses and one of a hat, each of another colour. */
const makePhotos = async (folder: string): Promise<string> => {
  const photos = path.join(folder, 'photos');
  await mkdir(photos);
  const colours = { 'dress-1.jpg': '#a00', 'dress-2.png': '#0a0', 'hat-1.webp': '#00a' };
  for (const [name, background] of Object.entries(colours)) {
    const picture = sharp({ create: { width: 40, height: 30, channels: 3, background } });
    await picture.toFile(path.join(photos, name));
  }
  await writeFile(path.join(photos, 'notes.txt'), 'no photograph');
  return photos;
};

const shownIn = async (market: Marketplace): Promise<Readonly<Record<string, string>>> => {
  const products = await market.query(
    'catalog',
    'SELECT id, title FROM products WHERE import_key IS NOT NULL ORDER BY import_key',
  );
  const shown = await market.query(
    'media',
    'SELECT owner_id, alt FROM attachments JOIN media_items ON id = media_id WHERE owner_id = ANY($1) AND position = 0',
    [products.map(({ id }) => id)],
  );
  const alts = new Map(shown.map((row) => [row.owner_id, row.alt]));
  return Object.fromEntries(
    products.flatMap(({ id, title }) => (alts.has(id) ? [[title, alts.get(id)]] : [])),
  );
};

test('a dress shows a dress, and what nothing fits now and then shows anything', async () => {
  await using market = await openMarketplace();
  const photos = await makePhotos(market.folder);
  const file = path.join(market.folder, 'shop.csv');
  const others = Array.from({ length: 14 }, (_, n) => `1${n},A lamp ${n},5`);
  await writeFile(
    file,
    ['id,title,price', '00,A mirror,5', '01,Party dresses,5', '02,Straw hat,5', ...others].join(
      '\n',
    ),
  );

  const { photographs } = await market.run(file, { photos, batch: 5 });

  const shown = await shownIn(market);
  expect(shown).toMatchObject({
    'Party dresses': 'Photograph: dress',
    'Straw hat': 'Photograph: hat',
  });
  // The first of twelve and the thirteenth.
  expect(Object.keys(shown)).toEqual(['A mirror', 'Party dresses', 'Straw hat', 'A lamp 9']);
  expect(photographs).toBe(4);
});

test('a listing that shows something already keeps it', async () => {
  await using market = await openMarketplace();
  const photos = await makePhotos(market.folder);
  const file = path.join(market.folder, 'shop.csv');
  await writeFile(file, 'id,title,price\n1,A dress,5\n');
  await market.run(file);
  const [product] = await market.query(
    'catalog',
    'SELECT id FROM products WHERE import_key IS NOT NULL',
  );
  await market.query('media', "INSERT INTO attachments VALUES ('PRODUCT', $1, 0, 'image_1')", [
    product.id,
  ]);

  expect((await market.run(file, { photos })).photographs).toBe(0);
});

test('a folder without photographs is refused in one line', async () => {
  await using market = await openMarketplace();
  const file = path.join(market.folder, 'shop.csv');
  await writeFile(file, 'id,title,price\n1,A dress,5\n');
  await expect(market.run(file, { photos: market.folder })).rejects.toThrow(/it holds no JPEG/);
  await expect(market.run(file, { photos: '/nowhere' })).rejects.toThrow(/there is no such folder/);
});
