import { readdir } from 'node:fs/promises';
import sharp from 'sharp';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { type Picture, renditionFor } from '../../subgraphs/media/media.ts';
import { openRenditions } from '../../subgraphs/media/renditions.ts';
import { openFolder } from '../../subgraphs/media/storage.ts';
import { addMedia, BICYCLE, startMedia } from './arrange.ts';

type Headers = Record<string, string>;

const get = async (url: string, headers: Headers = {}, method: 'GET' | 'HEAD' = 'GET') => {
  const response = await request(url, { method, headers });
  const bytes = Buffer.from(await response.body.arrayBuffer());
  return { status: response.statusCode, headers: response.headers, bytes };
};

const startWithBicycle = async () => {
  const media = await startMedia();
  const digest = await addMedia(media.subgraph.pool, 'image_a', BICYCLE);
  return {
    ...media,
    at: (file: string) => `${media.subgraph.url}/media/images/image_a/${digest}/${file}`,
  };
};

const files = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

test.each([
  ['w320.avif', 'image/avif', 'heif', 240],
  ['w320.jpeg', 'image/jpeg', 'jpeg', 240],
  ['w160.png', 'image/png', 'png', 120],
  ['w1280.webp', 'image/webp', 'webp', 960],
])('%s comes in its size and encoding, to be kept for good', async (file, type, format, height) => {
  await using media = await startWithBicycle();
  const { status, headers, bytes } = await get(media.at(file));
  expect(status).toBe(200);
  expect(headers['content-type']).toBe(type);
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['x-content-type-options']).toBe('nosniff');
  const made = await sharp(bytes).metadata();
  expect(made.format).toBe(format);
  expect([made.width, made.height]).toEqual([Number(/\d+/.exec(file)?.[0]), height]);
});

test('what the client holds is not sent again', async () => {
  await using media = await startWithBicycle();
  const first = await get(media.at('w320.webp'));
  const tag = String(first.headers['etag']);
  expect(tag).toMatch(/^"[^"]+"$/);
  const again = await get(media.at('w320.webp'), { 'if-none-match': tag });
  expect(again.status).toBe(304);
  expect(again.bytes).toHaveLength(0);
  expect(again.headers['etag']).toBe(tag);
  const other = await get(media.at('w320.webp'), { 'if-none-match': '"another"' });
  expect(other.status).toBe(200);
});

test('HEAD says what GET would send', async () => {
  await using media = await startWithBicycle();
  const head = await get(media.at('w320.webp'), {}, 'HEAD');
  const { headers, bytes } = await get(media.at('w320.webp'));
  expect(head.status).toBe(200);
  expect(head.bytes).toHaveLength(0);
  expect(head.headers['content-length']).toBe(String(bytes.length));
  expect(head.headers['etag']).toBe(headers['etag']);
});

test.each([
  ['a width that is not on the list', 'w321.webp'],
  ['a width beyond the original', 'w1920.webp'],
  ['a format that there is not', 'w320.gif'],
  ['another name', 'picture.webp'],
])('%s is not found, and leaves nothing on disk', async (_case, file) => {
  await using media = await startWithBicycle();
  const { status, headers } = await get(media.at(file));
  expect(status).toBe(404);
  expect(headers['cache-control']).toBeUndefined();
  expect(await files(media.folder)).toEqual([]);
});

test.each([
  ['another digest', (url: string) => url.replace(/[0-9a-f]{32}/, '0'.repeat(32))],
  ['an unknown picture', (url: string) => url.replace('image_a', 'image_b')],
  ['a way out of the folder', (url: string) => url.replace('image_a', '..%2f..%2fimage_a')],
])('%s is not found', async (_case, change) => {
  await using media = await startWithBicycle();
  expect((await get(media.at('w320.webp'))).status).toBe(200);
  expect((await get(change(media.at('w320.webp')))).status).toBe(404);
});

test('twenty who ask at once get one and the same rendition', async () => {
  await using media = await startWithBicycle();
  const answers = await Promise.all(Array.from({ length: 20 }, () => get(media.at('w640.webp'))));
  // Had it been written more than once, its time of change and with it the tag would differ.
  expect(new Set(answers.map(({ headers }) => headers['etag'])).size).toBe(1);
  expect(new Set(answers.map(({ bytes }) => bytes.toString('base64'))).size).toBe(1);
  expect(await files(media.folder)).toEqual(['w640.webp']);
});

test('who asks while it is being made waits for the same work', async () => {
  await using media = await startMedia();
  const renditions = openRenditions(openFolder(media.folder));
  const picture: Picture = {
    ...{ kind: 'IMAGE', id: 'image_a', alt: '', placeholder: '', source: BICYCLE },
    ...{ width: 1280, height: 960, digest: '0'.repeat(32) },
    ...{ uploaderId: null, isPublic: true, signedUntil: 0 },
  };
  const small = renditionFor(picture, 160, 'JPEG');
  const making = renditions.make(picture, small);
  expect(renditions.make(picture, small)).toBe(making);
  const other = renditions.make(picture, renditionFor(picture, 320, 'JPEG'));
  expect(other).not.toBe(making);
  await Promise.all([making, other]);
  expect(renditions.make(picture, small)).not.toBe(making);
  await renditions.make(picture, small);
});

test('a rendition that exists costs no statement', async () => {
  await using media = await startWithBicycle();
  const once = () => media.subgraph.countStatements(() => get(media.at('w320.webp')));
  expect(await once()).toBe(1);
  expect(await once()).toBe(0);
});
