import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { GUEST } from '../../contract/viewer.ts';
import { ADA, BOB, startUploading, type Uploading } from './uploading.ts';

const PICTURE = await sharp({ create: { width: 90, height: 60, channels: 3, background: '#48c' } })
  .png()
  .toBuffer();

const IMAGE = { kind: 'IMAGE', bytes: PICTURE.length, alt: 'A blue wall' };

const begun = async (uploading: Uploading) => (await uploading.begin(IMAGE)).upload;

const filesIn = (uploading: Uploading, folder: string): Promise<readonly string[]> =>
  readdir(path.join(uploading.media.folder, folder)).catch(() => []);

test('what breaks off half-way leaves nothing, and may be sent again', async () => {
  await using uploading = await startUploading();
  const upload = await begun(uploading);
  const sending = httpRequest(uploading.at(upload.url), {
    method: 'PUT',
    headers: { 'content-length': PICTURE.length },
  });
  sending.on('error', () => {});
  sending.write(PICTURE.subarray(0, PICTURE.length / 2));
  await expect.poll(() => filesIn(uploading, 'incoming')).toHaveLength(1);
  sending.destroy();
  await expect.poll(() => filesIn(uploading, 'incoming')).toEqual([]);
  expect(await filesIn(uploading, 'uploads')).toEqual([]);
  expect((await uploading.complete(upload.id)).userErrors[0].code).toBe('NOT_RECEIVED');

  expect((await uploading.put(upload.url, PICTURE)).status).toBe(204);
  expect((await uploading.complete(upload.id)).media).toMatchObject({ width: 90, height: 60 });
});

test('a file of another length than was said is refused, told or not', async () => {
  await using uploading = await startUploading();
  const upload = await begun(uploading);
  const longer = Buffer.concat([PICTURE, Buffer.from('x')]);
  for (const body of [longer, PICTURE.subarray(1), Buffer.alloc(0)]) {
    expect((await uploading.put(upload.url, body)).status).toBe(413);
    // Without saying beforehand how long it is.
    const chunked = await request(uploading.at(upload.url), {
      method: 'PUT',
      body: Readable.from([body]),
    });
    expect(chunked.statusCode).toBe(413);
    await chunked.body.dump();
  }
  expect(await filesIn(uploading, 'incoming')).toEqual([]);
  expect((await uploading.put(upload.url, PICTURE)).status).toBe(204);
});

test('only the signed address takes the file, and only once', async () => {
  await using uploading = await startUploading();
  const [a, b] = [await begun(uploading), await begun(uploading)];
  const signatureOf = (url: string) => url.split('/').at(-1) ?? '';
  const others = [
    a.url.slice(0, -1),
    `${a.url}x`,
    a.url.replace(signatureOf(a.url), signatureOf(b.url)),
    // As many characters, and more bytes.
    a.url.replace(signatureOf(a.url), '%C3%A9'.repeat(signatureOf(a.url).length)),
    a.url.replace('upload_', 'upload_x'),
    a.url.replace(/upload_\w+/, '..%2f..%2fetc'),
  ];
  for (const url of others) expect((await uploading.put(url, PICTURE)).status, url).toBe(404);
  const sent = await Promise.all(Array.from({ length: 5 }, () => uploading.put(a.url, PICTURE)));
  expect(sent.map(({ status }) => status).sort()).toEqual([204, 409, 409, 409, 409]);
  expect(await filesIn(uploading, 'uploads')).toHaveLength(1);
});

test('an address expires by the clock of the database', async () => {
  await using uploading = await startUploading();
  const upload = await begun(uploading);
  await uploading.pool.query("UPDATE uploads SET expires_at = now() - interval '1 second'");
  expect((await uploading.put(upload.url, PICTURE)).status).toBe(410);
  expect((await uploading.complete(upload.id)).userErrors[0].code).toBe('EXPIRED');
});

test('an upload becomes one thing, however many complete it at once', async () => {
  await using uploading = await startUploading();
  const upload = await begun(uploading);
  await uploading.put(upload.url, PICTURE);
  const answers = await Promise.all(Array.from({ length: 8 }, () => uploading.complete(upload.id)));
  expect(new Set(answers.map(({ media }) => media.id)).size).toBe(1);
  const { rows } = await uploading.pool.query('SELECT count(*)::int AS items FROM media_items');
  expect(rows[0].items).toBe(1);
  expect((await uploading.complete(upload.id, BOB)).userErrors[0].code).toBe('NOT_FOUND');
});

test('who is not signed in, and what cannot be, is told before anything is sent', async () => {
  await using uploading = await startUploading();
  const codes = async (input: object, viewer = ADA) => {
    const { upload, userErrors } = await uploading.begin({ ...IMAGE, ...input }, viewer);
    expect(upload).toBeNull();
    return userErrors.map(({ code, field }: Record<string, unknown>) => [code, field]);
  };
  expect(await codes({}, GUEST)).toEqual([['UNAUTHENTICATED', null]]);
  expect(await codes({ bytes: 0, alt: '' })).toEqual([
    ['EMPTY', ['input', 'bytes']],
    ['INVALID', ['input', 'alt']],
  ]);
  const tooLarge = [['TOO_LARGE', ['input', 'bytes']]];
  expect(await codes({ bytes: 26 * 1024 * 1024 })).toEqual(tooLarge);
  expect(await codes({ kind: 'VIDEO', bytes: 513 * 1024 * 1024 })).toEqual(tooLarge);
});

test('nobody opens more uploads than a few items need', async () => {
  await using uploading = await startUploading();
  for (let n = 0; n < 48; n += 1) await begun(uploading);
  expect((await uploading.begin(IMAGE)).userErrors[0].code).toBe('TRY_LATER');
  expect((await uploading.begin(IMAGE, BOB)).upload).not.toBeNull();
});
