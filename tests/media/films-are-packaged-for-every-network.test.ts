import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { clip, FFMPEG, pattern } from './sample-films.ts';
import { packaged, startUploading, type Uploading } from './uploading.ts';

const beside = (url: string, name: string): string => new URL(name, url).href;

const linesOf = async (uploading: Uploading, url: string): Promise<readonly string[]> => {
  const { status, headers, bytes } = await uploading.get(url);
  expect([status, headers['content-type']]).toEqual([200, 'application/vnd.apple.mpegurl']);
  return bytes.toString().split('\n');
};

test.skipIf(!FFMPEG)(
  'a film comes in three sizes with a poster, once all of it is there',
  async () => {
    await using uploading = await startUploading({ usesFfmpeg: true });
    const { media: begun, userErrors } = await uploading.upload(
      'VIDEO',
      await pattern('1280x720', 6),
    );
    expect(userErrors).toEqual([]);
    expect(begun).toMatchObject({ width: 1280, height: 720, durationSeconds: '6.0', hlsUrl: null });
    expect(['QUEUED', 'PACKAGING']).toContain(begun.status);
    expect((await uploading.get(begun.videoUrl)).status).toBe(404);

    const film = await packaged(uploading, begun.id);
    expect([film.status, film.progress]).toEqual(['READY', 100]);
    const master = await linesOf(uploading, film.hlsUrl);
    expect(master.filter((line) => line.endsWith('.m3u8'))).toEqual([
      ...['720p.m3u8', '540p.m3u8', '360p.m3u8'],
    ]);
    expect(
      master.filter((line) => /CODECS="avc1\.\w+,mp4a\.40\.2",RESOLUTION=\d+x\d+$/.test(line)),
    ).toHaveLength(3);
    expect((await uploading.get(film.poster.url)).status).toBe(200);
    expect(film.placeholder).toMatch(/^data:image\/webp/);

    const whole = await uploading.get(film.videoUrl);
    expect(whole.headers['content-type']).toBe('video/mp4');
    expect(whole.bytes.includes('48.8577')).toBe(false);
    // The film as it came is needed no more once the sweep finds so; what was in work is gone already.
    expect(await readdir(path.join(uploading.media.folder, 'packaging'))).toEqual([]);
  },
);

test.skipIf(!FFMPEG)(
  'no size is larger than the film, and what is upright stays upright',
  async () => {
    await using uploading = await startUploading({ usesFfmpeg: true });
    const { media: small } = await uploading.upload('VIDEO', await pattern('320x240', 1));
    const { media: upright } = await uploading.upload('VIDEO', await pattern('406x720', 1));
    const sizes = async (id: string) => {
      const { hlsUrl } = await packaged(uploading, id);
      const master = await linesOf(uploading, hlsUrl);
      return master.map((line) => /RESOLUTION=(\S+)/.exec(line)?.[1]).filter(Boolean);
    };
    expect(await sizes(small.id)).toEqual(['320x240']);
    expect(await sizes(upright.id)).toEqual(['360x638']);
  },
);

test.skipIf(!FFMPEG)('WebM and MOV are taken as well', async () => {
  await using uploading = await startUploading({ usesFfmpeg: true });
  const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus'];
  for (const file of [
    await pattern('320x180', 1, 'film.webm', vp8),
    await pattern('320x180', 1, 'film.mov'),
  ]) {
    const { media } = await uploading.upload('VIDEO', file);
    expect((await packaged(uploading, media.id)).status).toBe('READY');
  }
});

test('without ffmpeg a film comes as it is, in one rendition', async () => {
  await using uploading = await startUploading({ usesFfmpeg: false });
  const { media } = await uploading.upload('VIDEO', await clip());
  const film = await packaged(uploading, media.id);
  expect(film).toMatchObject({ status: 'READY', progress: 100, poster: null });
  const master = await linesOf(uploading, film.hlsUrl);
  expect(master.filter((line) => line.endsWith('.m3u8'))).toEqual(['source.m3u8']);
  expect(master.join()).toContain('RESOLUTION=640x360');
  expect((await uploading.get(film.videoUrl)).headers['content-type']).toBe('video/mp4');
});

test('segments are ranges of one file that never changes', async () => {
  await using uploading = await startUploading({ usesFfmpeg: false });
  const { media } = await uploading.upload('VIDEO', await clip());
  const { hlsUrl } = await packaged(uploading, media.id);
  const playlist = (await linesOf(uploading, beside(hlsUrl, 'source.m3u8'))).join('\n');
  const whole = await uploading.get(beside(hlsUrl, 'source.mp4'));
  const ranges = [...playlist.matchAll(/BYTERANGE[:=]"?(\d+)@(\d+)/g)];
  expect(ranges.length).toBeGreaterThanOrEqual(2);
  for (const [, length, from] of ranges) {
    const last = Number(from) + Number(length) - 1;
    const part = await uploading.get(beside(hlsUrl, 'source.mp4'), {
      range: `bytes=${from}-${last}`,
    });
    expect(part.status).toBe(206);
    expect(part.bytes.equals(whole.bytes.subarray(Number(from), last + 1))).toBe(true);
    expect(part.headers['etag']).toBe(whole.headers['etag']);
  }
  const again = await uploading.get(hlsUrl, {});
  expect(again.headers['cache-control']).toBe('private, max-age=3600');
});

test('what is no film, or no whole one, is refused', async () => {
  await using uploading = await startUploading({ usesFfmpeg: false });
  const whole = await clip();
  const playlist = '#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1/secret\n#EXT-X-ENDLIST\n';
  const files: readonly (readonly [string, Buffer, string])[] = [
    ['a playlist', Buffer.from(playlist), 'UNSUPPORTED_TYPE'],
    ['a page', Buffer.from('<html><video src="x"></video>'), 'UNSUPPORTED_TYPE'],
    ['noise', Buffer.alloc(4_096, 0xa5), 'UNSUPPORTED_TYPE'],
    ['half a film', whole.subarray(0, whole.length / 2), 'DAMAGED'],
    ['the beginning of a film', whole.subarray(0, 200), 'UNSUPPORTED_TYPE'],
  ];
  const found = [];
  for (const [name, file] of files) {
    const { userErrors } = await uploading.upload('VIDEO', file);
    found.push([name, userErrors[0]?.code]);
  }
  expect(found).toEqual(files.map(([name, , code]) => [name, code]));
});

test.skipIf(!FFMPEG)('without ffmpeg what not every browser plays is refused', async () => {
  await using uploading = await startUploading({ usesFfmpeg: false });
  const vp8 = ['-c:v', 'libvpx', '-deadline', 'realtime', '-c:a', 'libopus'];
  const { userErrors } = await uploading.upload(
    'VIDEO',
    await pattern('320x180', 1, 'a.webm', vp8),
  );
  expect(userErrors[0].code).toBe('UNSUPPORTED_TYPE');
});
