import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { CLIP_FOLDER } from '../../subgraphs/media/clips.ts';
import { hasFfmpeg } from '../../subgraphs/media/films/ffmpeg.ts';

export const FFMPEG = await hasFfmpeg();

/** A film that comes with the code: H.264, 640 x 360, 8 seconds, without sound. */
export const clip = (): Promise<Buffer> => readFile(path.join(CLIP_FOLDER, 'turning-wheel.mp4'));

/** A film with a moving pattern and a tone, that says where it was taken. */
export const pattern = async (
  size: string,
  seconds: number,
  name = 'film.mp4',
  coding: readonly string[] = ['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac'],
): Promise<Buffer> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-film-'));
  try {
    await promisify(execFile)('ffmpeg', [
      ...['-loglevel', 'error', '-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25:d=${seconds}`],
      ...['-f', 'lavfi', '-i', `sine=frequency=440:d=${seconds}`, ...coding],
      ...[
        '-pix_fmt',
        'yuv420p',
        '-metadata',
        'location=+48.8577+002.295/',
        '-movflags',
        '+faststart',
      ],
      path.join(folder, name),
    ]);
    return await readFile(path.join(folder, name));
  } finally {
    await rm(folder, { recursive: true });
  }
};
