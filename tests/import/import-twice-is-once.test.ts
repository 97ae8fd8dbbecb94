import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasSharedData, importedInto, openMarketplace, PHOTOS, RETAIL, SHOP } from './importing.ts';

const counts = (inserted: number, updated: number, unchanged: number) => ({
  inserted,
  updated,
  unchanged,
  rejected: 0,
});

describe('a file that is imported', () => {
  test('becomes listings of a seller made for it; a second time, nothing changes', async () => {
    await using market = await openMarketplace();
    const first = await market.run(SHOP, { batch: 7 });
    const before = await importedInto(market);
    const times = await market.query('catalog', 'SELECT id, updated_at FROM products ORDER BY id');

    expect(first.totals).toEqual(counts(80, 0, 0));
    expect(before).toHaveLength(80);
    expect((await market.run(SHOP)).totals).toEqual(counts(0, 0, 80));
    expect(await importedInto(market)).toEqual(before);
    expect(
      await market.query('catalog', 'SELECT id, updated_at FROM products ORDER BY id'),
    ).toEqual(times);

    const [seller] = await market.query(
      'users',
      "SELECT id, roles FROM users WHERE handle = 'imported-goods'",
    );
    expect(seller.roles).toContain('seller');
    const owners = await market.query(
      'catalog',
      'SELECT DISTINCT seller_id FROM products WHERE import_key IS NOT NULL',
    );
    expect(owners).toEqual([{ seller_id: seller.id }]);
  });

  test('and was edited changes just what was edited', async () => {
    await using market = await openMarketplace();
    const file = path.join(market.folder, 'shop.csv');
    await writeFile(file, 'product_id,title,price_gbp\n1,RED MUG,2.50\n2,BLUE MUG,2.50\n');
    await market.run(file);
    await writeFile(file, 'title,price_gbp,product_id\nRED MUG,2.75,1\nBLUE MUG,2.50,2\n');

    expect((await market.run(file)).totals).toEqual(counts(0, 1, 1));
    expect((await importedInto(market)).map((row) => row.price_amount)).toEqual(['275', '250']);
  });

  test('may belong to a seller who is there already, and not to one who is not', async () => {
    await using market = await openMarketplace();
    await market.run(SHOP, { seller: 'ada-moreau' });
    const owners = await market.query(
      'catalog',
      'SELECT DISTINCT seller_id FROM products WHERE import_key IS NOT NULL',
    );
    expect(owners).toEqual([{ seller_id: 'user_1' }]);

    await expect(market.run(SHOP, { seller: 'nobody-at-all' })).rejects.toThrow(
      '--seller nobody-at-all: nobody has this handle',
    );
    expect(
      await market.query('users', "SELECT FROM users WHERE handle = 'imported-goods'"),
    ).toEqual([]);
  });
});

// Too large to be the project's own; the shop above serves where it is not.
if (hasSharedData) {
  test('the real shop’s 3,502 products are imported once, with photographs', async () => {
    await using market = await openMarketplace();
    const first = await market.run(RETAIL, { photos: PHOTOS });
    expect(first.totals).toEqual(counts(3_502, 0, 0));
    expect(first.photographs).toBeGreaterThan(280);

    const shown = () =>
      market.query(
        'media',
        `SELECT owner_id, media_id, digest FROM attachments JOIN media_items ON id = media_id
       WHERE source ->> 'kind' = 'file' ORDER BY owner_id`,
      );
    const before = await shown();
    expect(before).toHaveLength(first.photographs);

    const second = await market.run(RETAIL, { photos: PHOTOS });
    expect(second.totals).toEqual(counts(0, 0, 3_502));
    expect(second.photographs).toBe(0);
    expect(await shown()).toEqual(before);
  });
}
