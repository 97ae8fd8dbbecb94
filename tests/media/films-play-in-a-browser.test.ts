import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { startMediaMarket } from './market.ts';
import { FFMPEG, pattern } from './sample-films.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));

const HLS = createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js');

const PAGE = '<!doctype html><title>Player</title><video muted playsinline width="1280"></video>';

test.skipIf(CHROMIUM === undefined || !FFMPEG)(
  'in a browser a private film plays, seeks, and changes its size, all from its signed address',
  { timeout: 180_000 },
  async () => {
    await using market = await startMediaMarket();
    const { id } = await market.upload('VIDEO', await pattern('1280x720', 8));
    const { hlsUrl } = await market.ready(id);
    const browser = await chromium.launch({
      executablePath: CHROMIUM ?? '',
      args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
    });
    try {
      const page = await browser.newPage();
      const failures: string[] = [];
      const ranges: number[] = [];
      page.on('pageerror', (error) => failures.push(error.message));
      page.on('response', (response) => {
        if (response.url().endsWith('.mp4')) ranges.push(response.status());
      });
      const player = `${market.url}/player`;
      await page.route(player, (route) => route.fulfill({ contentType: 'text/html', body: PAGE }));
      await page.goto(player);
      await page.addScriptTag({ path: HLS });
      // Text, because it runs there and not here.
      await page.evaluate(`
        window.video = document.querySelector('video');
        window.hls = new Hls({ startLevel: 1, maxBufferLength: 4 });
        window.problems = [];
        hls.on(Hls.Events.ERROR, (_, { fatal, details }) => fatal && problems.push(details));
        hls.loadSource(${JSON.stringify(hlsUrl)});
        hls.attachMedia(video);
        hls.on(Hls.Events.MANIFEST_PARSED, () => video.play());
      `);
      const until = (condition: string) =>
        page.waitForFunction(condition, undefined, { timeout: 45_000 });
      await until('video.currentTime > 0.5 && !video.paused');
      expect(await page.evaluate('hls.levels.map(({ height }) => height)')).toEqual([
        360, 540, 720,
      ]);

      await page.evaluate('video.currentTime = 5');
      await until('!video.seeking && video.currentTime > 5.2');

      for (const level of [0, 1]) {
        await page.evaluate(`hls.currentLevel = ${level}; video.currentTime = 1; video.play()`);
        await until(`video.videoHeight === hls.levels[${level}].height && video.currentTime > 1.2`);
      }
      expect(await page.evaluate('problems')).toEqual([]);
      expect(failures).toEqual([]);
      expect(new Set(ranges)).toEqual(new Set([206]));
    } finally {
      await browser.close();
    }
  },
);
