import path from 'node:path';
import {
  CmafOutputFormat,
  Conversion,
  FilePathSource,
  FilePathTarget,
  HlsOutputFormat,
  Input,
  Output,
  PathedTarget,
} from 'mediabunny';
import { CONTAINERS } from './container.ts';
import type { Order, Packager } from './packager.ts';

/** In seconds; longer where the film's key frames are further apart. */
const SEGMENT = 4;

const NAME = 'source';

/**
 * Packages films without ffmpeg: pictures and sound are copied as they came into one rendition. There
 * is none for slow networks, and no still.
 */
export const copyingPackager: Packager = {
  ladder: ({ width, height }) => [{ name: NAME, width, height, maxRate: 0 }],
  make: async (_rung, order) => {
    const input = new Input({ source: new FilePathSource(order.source), formats: CONTAINERS });
    try {
      await copy(input, order);
    } finally {
      input.dispose();
    }
  },
  still: async () => null,
};

const copy = async (input: Input, { folder, onProgress, signal }: Order): Promise<void> => {
  const format = new HlsOutputFormat({
    segmentFormat: new CmafOutputFormat(),
    targetDuration: SEGMENT,
    singleFilePerPlaylist: true,
    getPlaylistPath: () => `${NAME}.m3u8`,
    getSegmentPath: () => `${NAME}.mp4`,
  });
  const target = new PathedTarget(
    'master.m3u8',
    ({ path: name }) => new FilePathTarget(path.join(folder, name)),
  );
  const conversion = await Conversion.init({
    input,
    output: new Output({ format, target }),
    tracks: 'primary',
    // None: they say where and with what a film was taken.
    tags: {},
    showWarnings: false,
  });
  if (!conversion.isValid) throw new Error('The film cannot be copied into HLS.');
  conversion.onProgress = onProgress;
  const cancel = (): void => void conversion.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    await conversion.execute();
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};
