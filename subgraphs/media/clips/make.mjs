/**
 * Draws the sample clips and writes them beside itself, with a still of each:
 *
 *   node subgraphs/media/clips/make.mjs [folder]
 *
 * It needs `ffmpeg` with libx264 on the path, and is not part of the build: what it makes is
 * committed. Each clip is a loop of 8 seconds, so that its end meets its beginning.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const WIDTH = 640;
const HEIGHT = 360;
const FRAMES_PER_SECOND = 25;
const SECONDS = 8;
const FRAMES = FRAMES_PER_SECOND * SECONDS;

const folder = process.argv[2] ?? path.dirname(fileURLToPath(import.meta.url));

/**
 * @param {number} count
 * @param {(n: number) => string} draw
 */
const repeat = (count, draw) => Array.from({ length: count }, (_, n) => draw(n)).join('');

/** @param {number} n @param {number} count @param {number} radius */
const onCircle = (n, count, radius) => {
  const angle = (2 * Math.PI * n) / count;
  return `${(Math.cos(angle) * radius).toFixed(2)} ${(Math.sin(angle) * radius).toFixed(2)}`;
};

/** @param {string} definitions @param {string} content */
const frame = (definitions, content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}"><defs>${definitions}</defs>${content}</svg>`;

/**
 * A wheel in a work stand; three turns in a loop.
 *
 * @param {number} progress 0 to 1
 */
const turningWheel = (progress) =>
  frame(
    `<linearGradient id="wall" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#e3f4f4"/><stop offset="1" stop-color="#bfe3e4"/></linearGradient>
<linearGradient id="floor" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#a2d0d2"/><stop offset="1" stop-color="#d0eaeb"/></linearGradient>
<radialGradient id="shadow"><stop offset="0" stop-color="#062d33" stop-opacity="0.4"/><stop offset="1" stop-color="#062d33" stop-opacity="0"/></radialGradient>`,
    `<rect width="640" height="360" fill="url(#wall)"/><circle cx="320" cy="150" r="172" fill="#86cdcf" opacity="0.5"/>
<rect y="276" width="640" height="84" fill="url(#floor)"/><ellipse cx="330" cy="322" rx="150" ry="18" fill="url(#shadow)"/>
<path d="M320 170 268 322M320 170l52 152" stroke="#37505a" stroke-width="11" stroke-linecap="round"/>
<g transform="translate(320 170) rotate(${(1080 * progress).toFixed(3)})" fill="none">
<circle r="132" stroke="#10262b" stroke-width="15"/><circle r="121" stroke="#d7dfe2" stroke-width="8"/>
<g stroke="#5f7a83" stroke-width="1.6">${repeat(24, (n) => `<path d="M${onCircle(n + (n % 2 ? 2.6 : -2.6), 24, 15)}L${onCircle(n, 24, 118)}"/>`)}</g>
<path d="M0 -122V-108" stroke="#d9602a" stroke-width="6"/><path d="M-34 -72 30 -66 32 -82 -32 -88Z" fill="#f58b4c" stroke="#5b2412" stroke-width="2"/>
<circle r="17" fill="#1f9aa3" stroke="#062d33" stroke-width="4"/></g>
<circle cx="320" cy="170" r="6" fill="#effbfb"/>`,
  );

/**
 * A record on its player, seen from above; four turns in a loop (30 a minute), while the arm sways
 * with the groove.
 *
 * @param {number} progress 0 to 1
 */
const spinningRecord = (progress) =>
  frame(
    `<linearGradient id="table" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#f4ebe5"/><stop offset="1" stop-color="#e0c8b8"/></linearGradient>
<linearGradient id="deck" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#b8694a"/><stop offset="1" stop-color="#8a4630"/></linearGradient>
<linearGradient id="shine" x1="0" y1="0" x2="1" y2="1"><stop offset="0.25" stop-color="#fff" stop-opacity="0"/><stop offset="0.45" stop-color="#fff" stop-opacity="0.2"/><stop offset="0.55" stop-color="#fff" stop-opacity="0.2"/><stop offset="0.75" stop-color="#fff" stop-opacity="0"/></linearGradient>`,
    `<rect width="640" height="360" fill="url(#table)"/><rect x="106" y="30" width="444" height="316" rx="20" fill="#3b1b10" opacity="0.25"/>
<rect x="98" y="20" width="444" height="316" rx="20" fill="url(#deck)"/><circle cx="268" cy="178" r="146" fill="#3b1b10" opacity="0.55"/>
<circle cx="268" cy="178" r="138" fill="#17181b"/>
<g fill="none" stroke="#2b2d32" stroke-width="1.2">${repeat(9, (n) => `<circle cx="268" cy="178" r="${60 + n * 8.5}"/>`)}</g>
<circle cx="268" cy="178" r="138" fill="url(#shine)"/>
<g transform="translate(268 178) rotate(${(1440 * progress).toFixed(3)})"><circle r="46" fill="#f2c35e"/><path d="M0 -46A46 46 0 0 1 46 0H18A18 18 0 0 0 0 -18Z" fill="#e0465c"/><path d="M0 46A46 46 0 0 1 -46 0H-18A18 18 0 0 0 0 18Z" fill="#2f7fd1"/><circle r="18" fill="#fbf1ea"/><circle r="4.5" fill="#17181b"/></g>
<g transform="rotate(${(1.4 * Math.sin(2 * Math.PI * progress)).toFixed(3)} 482 82)"><path d="M482 82 462 246 384 262" fill="none" stroke="#e9edf0" stroke-width="9" stroke-linejoin="round" stroke-linecap="round"/><path d="M398 248l-34 8 6 24 34-8Z" fill="#2a3238"/></g>
<circle cx="482" cy="82" r="26" fill="#2a3238"/><circle cx="482" cy="82" r="12" fill="#c9d1d6"/>
<circle cx="492" cy="296" r="17" fill="#2a3238"/><path d="M492 296V283" stroke="#c9d1d6" stroke-width="4"/>`,
  );

const CLIPS = { 'turning-wheel': turningWheel, 'spinning-record': spinningRecord };

for (const [name, draw] of Object.entries(CLIPS)) {
  const ffmpeg = spawn(
    'ffmpeg',
    [
      ...['-loglevel', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24'],
      ...['-s', `${WIDTH}x${HEIGHT}`, '-r', String(FRAMES_PER_SECOND), '-i', 'pipe:0'],
      ...['-c:v', 'libx264', '-preset', 'veryslow', '-crf', '27', '-pix_fmt', 'yuv420p'],
      ...['-g', '50', '-movflags', '+faststart', '-map_metadata', '-1', '-fflags', '+bitexact'],
      path.join(folder, `${name}.mp4`),
    ],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  for (let n = 0; n < FRAMES; n += 1) {
    const pixels = await sharp(Buffer.from(draw(n / FRAMES)))
      .removeAlpha()
      .raw()
      .toBuffer();
    if (!ffmpeg.stdin.write(pixels)) await once(ffmpeg.stdin, 'drain');
  }
  ffmpeg.stdin.end();
  const [code] = await once(ffmpeg, 'close');
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  await sharp(Buffer.from(draw(0)))
    .webp({ quality: 82 })
    .toFile(path.join(folder, `${name}.webp`));
}
