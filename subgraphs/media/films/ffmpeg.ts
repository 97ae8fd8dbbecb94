import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { availableParallelism, setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { ladderOf, type Rung } from './ladder.ts';
import type { Order, Packager } from './packager.ts';

/** In seconds. */
const SEGMENT = 4;

/** Seconds of CPU that one rendition may take: what takes longer was made to. */
const CPU_LIMIT = 3_600;

/** One core is left to answer requests, and these wait for whoever else wants theirs. */
const THREADS = Math.max(1, availableParallelism() - 1);
const LOW_PRIORITY = 10;

const run = promisify(execFile);

/** Whether ffmpeg can be started. */
export const hasFfmpeg = (): Promise<boolean> =>
  run('ffmpeg', ['-version']).then(
    () => true,
    () => false,
  );

/** Encodes films anew, in sizes for fast and slow networks, by ffmpeg. */
export const ffmpegPackager: Packager = {
  ladder: ladderOf,
  make: async (rung, order) => {
    await encode([...(await inputOf(order.source)), ...outputOf(rung)], order);
  },
  still: async (source, second) => {
    const input = await inputOf(source);
    const picture = ['-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', 'pipe:1'];
    const { stdout } = await run(
      'ffmpeg',
      [...QUIET, '-ss', String(second), ...input, ...picture],
      {
        encoding: 'buffer',
        maxBuffer: 64 * 1024 * 1024,
        timeout: 60_000,
      },
    );
    return stdout.length > 0 ? stdout : null;
  },
};

const QUIET = ['-hide_banner', '-loglevel', 'error', '-nostdin', '-nostats'];

/**
 * The reader is named and may open nothing but files of this machine: a film could else be a playlist that
 * has ffmpeg fetch and show what only this machine can reach.
 */
const inputOf = async (source: string): Promise<string[]> => {
  const format = (await isMatroska(source)) ? 'matroska' : 'mov';
  return ['-protocol_whitelist', 'file', '-f', format, '-i', source];
};

const EBML = 0x1a45dfa3;

const isMatroska = async (source: string): Promise<boolean> => {
  const handle = await open(source);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.readUInt32BE() === EBML;
  } finally {
    await handle.close();
  }
};

/** Nothing of the source comes along but its pictures and its sound. */
const outputOf = ({ name, width, height, maxRate }: Rung): string[] => [
  ...[
    '-map',
    '0:v:0',
    '-map',
    '0:a:0?',
    '-sn',
    '-dn',
    '-map_metadata',
    '-1',
    '-map_chapters',
    '-1',
  ],
  ...[
    '-vf',
    `scale=${width}:${height},setsar=1,fps=fps='min(source_fps,30)'`,
    '-pix_fmt',
    'yuv420p',
  ],
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '23'],
  ...['-maxrate', `${maxRate}k`, '-bufsize', `${2 * maxRate}k`, '-sc_threshold', '0'],
  ...['-force_key_frames', `expr:gte(t,n_forced*${SEGMENT})`, '-threads', String(THREADS)],
  ...['-c:a', 'aac', '-b:a', '96k', '-ac', '2', '-timelimit', String(CPU_LIMIT)],
  ...['-f', 'hls', '-hls_time', String(SEGMENT), '-hls_playlist_type', 'vod'],
  ...['-hls_segment_type', 'fmp4', '-hls_flags', 'single_file+independent_segments'],
  ...['-hls_segment_filename', `${name}.mp4`, '-progress', 'pipe:1', `${name}.m3u8`],
];

const encode = async (
  args: readonly string[],
  { durationSeconds, folder, signal, onProgress }: Order,
): Promise<void> => {
  const child = spawn('ffmpeg', [...QUIET, ...args], {
    cwd: folder,
    signal,
    killSignal: 'SIGKILL',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  if (child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY);
  let complaint = '';
  child.stderr.on('data', (text) => (complaint = `${complaint}${text}`.slice(-1_000)));
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [, microseconds] = /^out_time_us=(\d+)/.exec(line) ?? [];
    if (microseconds !== undefined) {
      onProgress(Math.min(1, Number(microseconds) / 1_000_000 / durationSeconds));
    }
  });
  const [status] = await exited;
  if (status !== 0) throw new Error(`ffmpeg ended with ${status}: ${complaint.trim()}`);
};
