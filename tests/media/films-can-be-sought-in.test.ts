import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { CLIP_FOLDER, CLIPS } from '../../subgraphs/media/clips.ts';
import { addMedia, startMedia } from './arrange.ts';

const startWithFilm = async () => {
  const media = await startMedia();
  const digest = await addMedia(media.subgraph.pool, 'video_a', {
    kind: 'clip',
    name: 'turning-wheel',
  });
  const url = `${media.subgraph.url}/media/videos/video_a/${digest}.mp4`;
  const get = async (headers: Record<string, string> = {}, at: string = url) => {
    const response = await request(at, { headers });
    const bytes = Buffer.from(await response.body.arrayBuffer());
    return { status: response.statusCode, headers: response.headers, bytes };
  };
  const film = await readFile(path.join(CLIP_FOLDER, 'turning-wheel.mp4'));
  return { ...media, url, get, film };
};

test('the whole film comes, to be kept for good', async () => {
  await using media = await startWithFilm();
  const { status, headers, bytes } = await media.get();
  expect(status).toBe(200);
  expect(bytes.equals(media.film)).toBe(true);
  expect(headers['content-type']).toBe('video/mp4');
  expect(headers['accept-ranges']).toBe('bytes');
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test.each([
  ['bytes=100-199', 100, 200],
  ['bytes=-50', -50, undefined],
  ['bytes=1000-', 1000, undefined],
])('%s is answered with those bytes', async (range, from, to) => {
  await using media = await startWithFilm();
  const { status, headers, bytes } = await media.get({ range });
  const expected = media.film.subarray(from, to);
  expect(status).toBe(206);
  expect(bytes.equals(expected)).toBe(true);
  expect(headers['content-length']).toBe(String(expected.length));
  expect(headers['content-range']).toMatch(new RegExp(`/${media.film.length}$`));
});

test('a range beyond the end is refused, and the length told', async () => {
  await using media = await startWithFilm();
  const { status, headers } = await media.get({ range: 'bytes=99999999-' });
  expect(status).toBe(416);
  expect(headers['content-range']).toBe(`bytes */${media.film.length}`);
  expect(headers['cache-control']).toBeUndefined();
});

test('a player resumes what it has, and starts anew where the film is another', async () => {
  await using media = await startWithFilm();
  const tag = String((await media.get()).headers['etag']);
  expect((await media.get({ range: 'bytes=10-19', 'if-range': tag })).status).toBe(206);
  expect((await media.get({ range: 'bytes=10-19', 'if-range': '"another"' })).status).toBe(200);
});

test('another digest is not found', async () => {
  await using media = await startWithFilm();
  const { status } = await media.get({}, media.url.replace(/[0-9a-f]{32}/, '0'.repeat(32)));
  expect(status).toBe(404);
});

test.each(Object.keys(CLIPS))('%s is small and can play while it loads', async (name) => {
  const bytes = await readFile(path.join(CLIP_FOLDER, `${name}.mp4`));
  expect(bytes.length).toBeLessThan(300 * 1024);
  // The index stands before the pictures.
  expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'));
});
