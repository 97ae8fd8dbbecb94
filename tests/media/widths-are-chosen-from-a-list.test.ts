import { expect, test } from 'vitest';
import { addMedia, BICYCLE, startMedia } from './arrange.ts';

const IMAGE = `query Image($id: ID!, $width: Int! = 640, $widths: [Int!]! = [320]) {
  media(id: $id) { ... on Image {
    url(width: $width, format: JPEG)
    renditions(widths: $widths, format: AVIF) { url width height format }
  } }
}`;

test.each([
  [1, 160],
  [160, 160],
  [161, 320],
  [640, 640],
  [1281, 1280],
  [5000, 1280],
])('asked for %i pixels of 1280, it is %i', async (width, chosen) => {
  await using media = await startMedia();
  const digest = await addMedia(media.subgraph.pool, 'image_a', BICYCLE);
  const { data } = await media.subgraph.query({
    document: IMAGE,
    variables: { id: 'image_a', width },
  });
  expect(data.media.url).toBe(
    `http://localhost:4000/media/images/image_a/${digest}/w${chosen}.jpeg`,
  );
});

test('renditions that come out the same are given once, with the size that they have', async () => {
  await using media = await startMedia();
  await addMedia(media.subgraph.pool, 'image_a', BICYCLE);
  const variables = { id: 'image_a', widths: [300, 320, 1280, 1920] };
  const { data } = await media.subgraph.query({ document: IMAGE, variables });
  expect(data.media.renditions).toMatchObject([
    { width: 320, height: 240, format: 'AVIF' },
    { width: 1280, height: 960, format: 'AVIF' },
  ]);
});

test('every URL that the schema gives is served', async () => {
  await using media = await startMedia();
  await addMedia(media.subgraph.pool, 'image_a', BICYCLE);
  const variables = { id: 'image_a', widths: [160, 480] };
  const { data } = await media.subgraph.query({ document: IMAGE, variables });
  const urls = [data.media.url, ...data.media.renditions.map(({ url }: { url: string }) => url)];
  for (const url of urls) {
    const response = await fetch(`${media.subgraph.url}${new URL(url).pathname}`);
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  }
});

test.each([
  ['eight widths', { widths: [1, 2, 3, 4, 5, 6, 7, 8] }],
  ['a width below 1', { widths: [0] }],
  ['a negative width', { width: -640 }],
])('%s are refused', async (_case, wrong) => {
  await using media = await startMedia();
  await addMedia(media.subgraph.pool, 'image_a', BICYCLE);
  const { errors } = await media.subgraph.query({
    document: IMAGE,
    variables: { id: 'image_a', ...wrong },
  });
  expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
});
