import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { ODD_FILES } from './odd-files.ts';
import { startUploading } from './uploading.ts';

const PHOTOS = path.resolve('../shared/data/photos');

test('every file becomes a picture of nothing but pixels, or is refused with its code', async () => {
  await using uploading = await startUploading();
  const found: [string, string][] = [];
  for (const { name, make } of ODD_FILES) {
    const { media, userErrors } = await uploading.upload('IMAGE', await make());
    found.push([name, userErrors[0]?.code ?? 'taken']);
    if (media === null) {
      expect(userErrors[0].message, name).toMatch(/\w+.*\.$/);
      continue;
    }
    const { status, bytes } = await uploading.get(media.url);
    expect(status, name).toBe(200);
    const { exif, xmp, icc, format, pages } = await sharp(bytes).metadata();
    expect({ exif, xmp, icc, format, pages }, name).toEqual({ format: 'jpeg' });
  }
  expect(found).toEqual(ODD_FILES.map(({ name, verdict }) => [name, verdict]));
  expect(found.length).toBeGreaterThanOrEqual(25);
  // Of those that were refused nothing is shown, and each says why for good.
  const { rows } = await uploading.pool.query(`SELECT count(*)::int AS shown FROM media_items`);
  expect(rows[0].shown).toBe(ODD_FILES.filter(({ verdict }) => verdict === 'taken').length);
});

test('a refused upload says the same again, whatever is asked', async () => {
  await using uploading = await startUploading();
  const page = Buffer.from('<html>');
  const { upload } = await uploading.begin({ kind: 'IMAGE', bytes: page.length, alt: 'x' });
  expect((await uploading.put(upload.url, page)).status).toBe(204);
  const first = await uploading.complete(upload.id);
  expect(first.userErrors[0].code).toBe('UNSUPPORTED_TYPE');
  expect(await uploading.complete(upload.id)).toEqual(first);
  expect((await uploading.put(upload.url, page)).status).toBe(409);
});

test.skipIf(!existsSync(PHOTOS))('photographs of people’s things are taken', async () => {
  await using uploading = await startUploading();
  const names = (await readdir(PHOTOS)).filter((name) => name.endsWith('.jpg')).slice(0, 12);
  for (const name of names) {
    const { userErrors } = await uploading.upload('IMAGE', await readFile(path.join(PHOTOS, name)));
    expect(userErrors, name).toEqual([]);
  }
});
