import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { postGraphql } from '../kit/http.ts';
import { temporaryFolder } from './folders.ts';
import { type Launched, launch, scriptsOf } from './launched.ts';

/** More than the sockets between media and client hold, so that who does not read holds all of them. */
const FILM_BYTES = 32 * 1024 * 1024;

const PICTURE = JSON.stringify({
  query: '{ product(id: "product_1") { coverImage { url(width: 320) } } }',
});

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const untilThereAre = async (launched: Launched, count: number): Promise<void> => {
  const media = () => scriptsOf(launched).filter((script) => script.includes('media')).length;
  while (media() !== count) await pause(100);
};

/** A picture that has become as large as a film, and what it is then. */
const makeFilm = async (launched: Launched, dataFolder: string) => {
  const { data } = await postGraphql(`http://127.0.0.1:${launched.port}/graphql`, PICTURE);
  const url = data.product.coverImage.url.replace('localhost', '127.0.0.1');
  await (await request(url)).body.dump();
  const rendered = readdirSync(path.join(dataFolder, 'media'), {
    recursive: true,
    encoding: 'utf8',
  });
  const [name = ''] = rendered.filter((each) => each.endsWith('w320.webp'));
  const file = path.join(dataFolder, 'media', name);
  truncateSync(file, FILM_BYTES);
  return { url, hash: hashOf(readFileSync(file)) };
};

test('media goes from one process to three and back as films are watched, and every byte arrives', {
  timeout: 240_000,
}, async () => {
  using folder = temporaryFolder();
  await using launched = await launch(folder.path, {
    seed: 'auto',
    settings: { REPLICAS_MEDIA: '1..3', CAPACITY_TARGET: 'media=4', CAPACITY_WINDOW_S: '3' },
  });
  await launched.ready();
  expect(launched.screen()).toContain('media (1 to 3)');
  const usual = scriptsOf(launched);
  const film = await makeFilm(launched, folder.path);

  /** Begins to watch; gives what plays it to its end. */
  const watch = async (): Promise<() => Promise<void>> => {
    const { statusCode, body } = await request(film.url);
    expect(statusCode).toBe(200);
    return async () => expect(hashOf(await body.bytes())).toBe(film.hash);
  };
  let isGlancing = true;
  const glance = async (): Promise<void> => {
    while (isGlancing) {
      const { statusCode, body } = await request(film.url, { headers: { range: 'bytes=0-1023' } });
      expect((await body.bytes()).length).toBe(1024);
      expect(statusCode).toBe(206);
      const answer = await postGraphql(`http://127.0.0.1:${launched.port}/graphql`, PICTURE);
      expect(answer.errors).toBeUndefined();
    }
  };
  // Two requests at the most, so that they alone need one process.
  const glances = Promise.all([glance(), glance()]);

  const first = await Promise.all(Array.from({ length: 9 }, watch));
  await untilThereAre(launched, 3);
  expect(scriptsOf(launched)).toEqual([...usual, ...MEDIA_TWICE].sort());
  // The new ones have none yet.
  await pause(1_000);
  const [long, ...others] = [await watch(), await watch()];
  for (const play of [...first, ...others]) await play();
  await untilRetired(folder.path, 2);
  await long?.();
  await untilThereAre(launched, 1);
  isGlancing = false;
  await glances;
  expect(scriptsOf(launched)).toEqual(usual);

  launched.process.kill('SIGINT');
  expect(await launched.ended()).toBe(0);
  expect(launched.servants()).toEqual([]);
});

const MEDIA_TWICE = ['subgraphs/media/main.js', 'subgraphs/media/main.js'];

const untilRetired = async (dataFolder: string, count: number): Promise<void> => {
  const log = path.join(dataFolder, 'emporium.log');
  while (readFileSync(log, 'utf8').split('"retired"').length - 1 < count) await pause(100);
};
