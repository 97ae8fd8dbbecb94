import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { startMediaMarket } from './market.ts';
import { clip, FFMPEG, pattern } from './sample-films.ts';

const statusOf = async (url: string): Promise<number> => {
  const { statusCode, body } = await request(url);
  await body.dump();
  return statusCode;
};

test('an upload that dies with media is sent again, and is there once', async () => {
  await using market = await startMediaMarket();
  const file = await clip();
  const { id, url } = await market.begin('VIDEO', file);
  const sending = httpRequest(url, { method: 'PUT', headers: { 'content-length': file.length } });
  sending.on('error', () => {});
  sending.write(file.subarray(0, file.length / 2));
  const incoming = () => readdir(path.join(market.folder, 'incoming')).catch(() => []);
  await expect.poll(incoming).toHaveLength(1);
  await market.media().kill();
  sending.destroy();
  await market.restart();

  expect((await market.complete(id)).userErrors[0].code).toBe('NOT_RECEIVED');
  const { statusCode } = await request(url, { method: 'PUT', body: file });
  expect(statusCode).toBe(204);
  // What came is kept, also if media dies before anyone asks what became of it.
  await market.media().kill();
  await market.restart();
  const { media } = await market.complete(id);
  expect(media).toMatchObject({ width: 640, height: 360 });
  expect(await readdir(path.join(market.folder, 'uploads'))).toHaveLength(1);
});

test.skipIf(!FFMPEG)(
  'a film whose packaging dies with media goes on where it was, and is never half published',
  { timeout: 180_000 },
  async () => {
    await using market = await startMediaMarket();
    const { id } = await market.upload('VIDEO', await pattern('1280x720', 6));
    const renditions = async () => {
      const { rows } = await market.pool.query<{ name: string; file: string }>(
        'SELECT name, file FROM film_renditions ORDER BY width DESC',
      );
      return rows;
    };
    await expect.poll(async () => (await renditions()).length, { timeout: 60_000 }).toBe(1);
    await market.media().kill();
    await market.restart();
    const [first] = await renditions();
    const unfinished = await market.film(id);
    expect(unfinished).toMatchObject({ status: 'PACKAGING', hlsUrl: null, poster: null });
    expect(await statusOf(unfinished.url)).toBe(404);
    const hls = unfinished.url.replace('/videos/', '/hls/').replace('.mp4', '');
    expect(await statusOf(`${hls}/master.m3u8`)).toBe(404);
    expect(await statusOf(`${hls}/720p.m3u8`)).toBe(404);

    // The lease of the dead is over.
    await market.pool.query('UPDATE packaging_jobs SET not_before = now()');
    const film = await market.ready(id);
    const made = await renditions();
    expect(made.map(({ name }) => name)).toEqual(['720p', '540p', '360p']);
    expect(made[0]).toEqual(first);
    for (const { name } of made) {
      expect(await statusOf(new URL(`${name}.m3u8`, film.hlsUrl).href)).toBe(200);
      expect(await statusOf(new URL(`${name}.mp4`, film.hlsUrl).href)).toBe(200);
    }
    expect(await statusOf(film.poster.url)).toBe(200);
  },
);
