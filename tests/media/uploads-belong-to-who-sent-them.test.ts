import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import { createLinks } from '../../subgraphs/media/links.ts';
import { TEST_SECRET } from '../kit/secret.ts';
import { addMedia, attach, BICYCLE } from './arrange.ts';
import { clip } from './sample-films.ts';
import { ADA, BOB, CATALOG, packaged, startUploading, type Uploading } from './uploading.ts';

const picture = (red = 0): Promise<Buffer> =>
  sharp({ create: { width: 700, height: 500, channels: 3, background: { r: red, g: 9, b: 9 } } })
    .png()
    .toBuffer();

interface Told {
  readonly mediaIds: readonly string[];
  readonly version?: number;
  readonly isPublic?: boolean;
  readonly eventId?: string;
  readonly sellerId?: string;
}

const tell = async (uploading: Uploading, told: Told, viewer: Viewer = CATALOG) => {
  const document = `mutation Record($input: RecordProductMediaInput!) {
    recordProductMedia(input: $input) { isNew mediaIds } }`;
  const input = {
    ...{ eventId: randomUUID(), productId: 'product_a', sellerId: 'user_ada' },
    ...{ isPublic: true, version: 1, ...told },
  };
  return (await uploading.ask(document, { input }, viewer)).recordProductMedia;
};

/** The address that everyone has of what is for everyone. */
const plain = (url: string): string => url.replace(/\/private\/[^/]+/, '');

test('until a public listing shows it, an upload is for who sent it alone', async () => {
  await using uploading = await startUploading();
  const { find, get } = uploading;
  const { media } = await uploading.upload('IMAGE', await picture());
  expect(media.url).toContain('/media/private/');
  const mine = await get(media.url);
  expect([mine.status, mine.headers['cache-control']]).toEqual([200, 'private, max-age=3600']);
  for (const viewer of [BOB, GUEST]) expect(await find(media.id, viewer)).toBeNull();
  expect((await get(plain(media.url))).status).toBe(404);

  await tell(uploading, { mediaIds: [media.id] });
  const shown = await find(media.id, GUEST);
  expect(shown.url).toBe(plain(media.url));
  const everyones = await get(shown.url);
  expect(everyones.status).toBe(200);
  expect(everyones.headers['cache-control']).toBe('public, max-age=31536000, immutable');

  await tell(uploading, { mediaIds: [media.id], version: 2, isPublic: false });
  expect(await find(media.id, GUEST)).toBeNull();
  expect((await get(shown.url)).status).toBe(404);
  expect((await get(media.url)).status).toBe(200);
});

test('a signed address shows one thing, and expires by the clock of the database', async () => {
  await using uploading = await startUploading();
  const { media: a } = await uploading.upload('IMAGE', await picture(1));
  const { media: b } = await uploading.upload('IMAGE', await picture(2));
  const tokenOf = (url: string) => new URL(url).pathname.split('/')[3] ?? '';
  const swapped = a.url.replace(tokenOf(a.url), tokenOf(b.url));
  const later = a.url.replace(/private\/\d+/, 'private/99999999999');
  const { rows } = await uploading.pool.query('SELECT extract(epoch FROM now())::int AS now');
  const links = createLinks(TEST_SECRET);
  const over = links.privatePath(a.id, rows[0].now - 1, new URL(plain(a.url)).pathname);
  for (const url of [swapped, later, `http://x${over}`, a.url.replace('private/', 'private/x')]) {
    expect((await uploading.get(url)).status, url).toBe(404);
  }
});

test('a film and its poster are private together, and public together', async () => {
  await using uploading = await startUploading();
  const { media } = await uploading.upload('VIDEO', await clip());
  const film = await packaged(uploading, media.id);
  // As ffmpeg would have made one.
  const { media: poster } = await uploading.upload('IMAGE', await picture());
  await uploading.pool.query('UPDATE media_items SET poster_id = $1 WHERE id = $2', [
    ...[poster.id, film.id],
  ]);
  const playlist = new URL('source.m3u8', film.hlsUrl).href;
  for (const url of [film.hlsUrl, playlist]) {
    expect((await uploading.get(url)).status).toBe(200);
    expect((await uploading.get(plain(url))).status).toBe(404);
  }
  await tell(uploading, { mediaIds: [film.id] });
  const shown = await uploading.find(film.id, GUEST);
  expect(shown.poster.id).toBe(poster.id);
  expect((await uploading.get(shown.poster.url)).status).toBe(200);
  expect((await uploading.get(plain(playlist))).status).toBe(200);
  await tell(uploading, { mediaIds: [], version: 2 });
  expect(await uploading.find(poster.id, GUEST)).toBeNull();
});

test('an item shows what its seller uploaded or it showed before, and nothing of others', async () => {
  await using uploading = await startUploading();
  await addMedia(uploading.pool, 'image_seeded', BICYCLE);
  await addMedia(uploading.pool, 'image_elsewhere', { ...BICYCLE, palette: 'ink' });
  await attach(uploading.pool, 'product_a', ['image_seeded']);
  const { media: own } = await uploading.upload('IMAGE', await picture());
  const { media: bobs } = await uploading.upload('IMAGE', await picture(), BOB);
  const mediaIds = [own.id, bobs.id, 'image_elsewhere', 'image_none', 'image_seeded', own.id];
  const recorded = await tell(uploading, { mediaIds });
  expect(recorded).toEqual({ isNew: true, mediaIds: [own.id, 'image_seeded'] });
  expect(await uploading.find(bobs.id, GUEST)).toBeNull();
});

test('the same event counts once, and what is older than what is known changes nothing', async () => {
  await using uploading = await startUploading();
  const { media } = await uploading.upload('IMAGE', await picture());
  const event = { eventId: randomUUID(), mediaIds: [media.id], version: 5 };
  const told = await Promise.all(Array.from({ length: 20 }, () => tell(uploading, event)));
  expect(told.filter(({ isNew }) => isNew)).toHaveLength(1);
  for (const version of [4, 5]) {
    const older = await tell(uploading, { mediaIds: [], version, isPublic: false });
    expect(older).toEqual({ isNew: false, mediaIds: [media.id] });
  }
  expect(await uploading.find(media.id, GUEST)).not.toBeNull();
});

test('items that share pictures, told of at once, leave them public if one of them is', async () => {
  await using uploading = await startUploading();
  const ids: string[] = [];
  for (const red of [1, 2, 3]) {
    ids.push((await uploading.upload('IMAGE', await picture(red))).media.id);
  }
  const document = `mutation Record($input: RecordProductMediaInput!) {
    recordProductMedia(input: $input) { isNew } }`;
  await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      uploading.ask(
        document,
        {
          input: {
            ...{ eventId: randomUUID(), productId: `product_${n}`, sellerId: 'user_ada' },
            ...{ mediaIds: n % 2 === 0 ? ids : ids.toReversed(), isPublic: n === 7, version: 1 },
          },
        },
        CATALOG,
      ),
    ),
  );
  for (const id of ids) expect(await uploading.find(id, GUEST)).not.toBeNull();
});

test('only a service that may tells what items show', async () => {
  await using uploading = await startUploading();
  const others: Viewer[] = [
    ...[GUEST, ADA],
    { kind: 'user', id: 'user_ada', scopes: ['admin', 'media:facts'], sessionId: null },
    { kind: 'service', name: 'users', scopes: ['cart:facts'] },
  ];
  for (const viewer of others) {
    await expect(tell(uploading, { mediaIds: [] }, viewer)).rejects.toThrow();
  }
  const wrong = [{ eventId: 'x' }, { sellerId: 'ada' }, { mediaIds: Array(13).fill('image_a') }];
  for (const each of wrong) {
    await expect(tell(uploading, { mediaIds: [], ...each })).rejects.toThrow();
  }
});

test('who uploaded it says what it shows; nobody else does', async () => {
  await using uploading = await startUploading();
  const { media } = await uploading.upload('IMAGE', await picture());
  const change = async (alt: string, viewer: Viewer) => {
    const document = `mutation Change($input: ChangeMediaAltInput!) {
      changeMediaAlt(input: $input) { media { alt } userErrors { code field } } }`;
    const input = { mediaId: media.id, alt };
    return (await uploading.ask(document, { input }, viewer)).changeMediaAlt;
  };
  expect((await change('A red bicycle', ADA)).media).toEqual({ alt: 'A red bicycle' });
  expect((await change('Mine', BOB)).userErrors[0].code).toBe('NOT_FOUND');
  expect((await change('Mine', GUEST)).userErrors[0].code).toBe('UNAUTHENTICATED');
  expect((await change(' ', ADA)).userErrors[0]).toEqual({
    ...{ code: 'INVALID', field: ['input', 'alt'] },
  });
  expect((await uploading.find(media.id)).alt).toBe('A red bicycle');
});
