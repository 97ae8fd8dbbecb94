import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readMediaSettings } from '../../subgraphs/media/settings.ts';
import { startBucket } from './bucket.ts';
import { clip } from './sample-films.ts';
import { packaged, startUploading } from './uploading.ts';

test('a film lies in the bucket, and is served also when every copy is gone', async () => {
  await using bucket = await startBucket();
  await using uploading = await startUploading({ bucket: bucket.settings });
  const { media } = await uploading.upload('VIDEO', await clip());
  const film = await packaged(uploading, media.id);
  const kept = [...bucket.objects.keys()].map((key) => key.split('/')[0]);
  expect(kept.sort()).toEqual(['films', 'films', 'uploads']);

  const before = await uploading.get(film.videoUrl);
  for (const name of await readdir(uploading.media.folder)) {
    await rm(path.join(uploading.media.folder, name), { recursive: true });
  }
  const range = { range: 'bytes=100-299' };
  const parts = await Promise.all(
    Array.from({ length: 5 }, () => uploading.get(film.videoUrl, range)),
  );
  for (const { status, bytes } of parts) {
    expect(status).toBe(206);
    expect(bytes.equals(before.bytes.subarray(100, 300))).toBe(true);
  }
  const [rendition] = [...bucket.objects.entries()].filter(([key]) => key.endsWith('.mp4'));
  expect(rendition?.[1].equals(before.bytes)).toBe(true);
});

test('who wants a bucket says which, and with what key', () => {
  const settings = { MEDIA_STORE: 's3', S3_BUCKET: 'uploads', S3_ACCESS_KEY_ID: 'key' };
  expect(() => readMediaSettings(settings)).toThrow(/S3_SECRET_ACCESS_KEY: not set/);
  const whole = readMediaSettings({ ...settings, S3_SECRET_ACCESS_KEY: 'secret' });
  expect(whole.bucket).toMatchObject({ bucket: 'uploads', endpoint: null });
});
