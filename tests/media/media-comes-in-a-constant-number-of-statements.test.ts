import { expect, test } from 'vitest';
import { PALETTE_NAMES } from '../../subgraphs/media/palettes.ts';
import { looksOf } from '../../subgraphs/media/portraits.ts';
import { addMedia, attach, BICYCLE, startMedia, type TestMedia } from './arrange.ts';

const ENTITIES = `query Entities($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Product { id coverImage { id url placeholder } media { __typename id alt placeholder
      ... on Image { url(width: 300) renditions { url width height } }
      ... on Video { url mimeType durationSeconds poster { id url } } } }
    ... on User { id avatar { id url(width: 160) placeholder } }
    ... on Image { id url }
    ... on Video { id poster { id } }
  }
}`;

const COUNT = 40;

/** Forty products with two pictures and a film each, forty users with a picture each. */
const startWithMany = async (): Promise<TestMedia> => {
  const media = await startMedia();
  const { pool } = media.subgraph;
  for (let n = 0; n < COUNT; n += 1) {
    const palette = PALETTE_NAMES[n % PALETTE_NAMES.length] ?? 'ink';
    await addMedia(pool, `image_front${n}`, { ...BICYCLE, palette });
    await addMedia(pool, `image_still${n}`, { kind: 'still', name: 'turning-wheel' });
    await addMedia(pool, `video_${n}`, { kind: 'clip', name: 'turning-wheel' }, `image_still${n}`);
    await addMedia(pool, `image_face${n}`, { kind: 'portrait', palette, looks: looksOf(n) });
    await attach(pool, `product_${n}`, [`video_${n}`, `image_front${n}`, `image_still${n}`]);
    await attach(pool, `user_${n}`, [`image_face${n}`]);
  }
  return media;
};

const representations = (typename: string, prefix: string, count: number) => ({
  representations: Array.from({ length: count }, (_, n) => ({
    __typename: typename,
    id: `${prefix}${n}`,
  })),
});

test.each([
  // What the products show, then the posters of their films.
  ['Product', 'product_', 2],
  ['User', 'user_', 1],
  ['Image', 'image_front', 1],
  ['Video', 'video_', 2],
])('forty of %s cost as many statements as one', async (typename, prefix, expected) => {
  await using media = await startWithMany();
  const cost = (count: number) =>
    media.subgraph.countStatements(async () => {
      const variables = representations(typename, prefix, count);
      const { errors, data } = await media.subgraph.query({ document: ENTITIES, variables });
      expect(errors).toBeUndefined();
      expect(data._entities).toHaveLength(count);
    });
  expect(await cost(1)).toBe(expected);
  expect(await cost(COUNT)).toBe(expected);
});

test('entities come in the order asked, twice where asked twice, null where unknown', async () => {
  await using media = await startWithMany();
  const ids = ['image_front3', 'image_nothing', 'image_front1', 'image_front3', 'video_1'];
  const variables = { representations: ids.map((id) => ({ __typename: 'Image', id })) };
  const { data } = await media.subgraph.query({ document: ENTITIES, variables });
  expect(data._entities.map((each: { id: string } | null) => each?.id)).toEqual([
    'image_front3',
    undefined,
    'image_front1',
    'image_front3',
    undefined,
  ]);
});

test('an item shows what is attached to it, in order; its cover is the first picture', async () => {
  await using media = await startWithMany();
  const variables = representations('Product', 'product_', 1);
  const { data } = await media.subgraph.query({ document: ENTITIES, variables });
  const [product] = data._entities;
  expect(product.media.map(({ id }: { id: string }) => id)).toEqual([
    'video_0',
    'image_front0',
    'image_still0',
  ]);
  expect(product.coverImage.id).toBe('image_front0');
  expect(product.media[0]).toMatchObject({
    __typename: 'Video',
    mimeType: 'video/mp4',
    durationSeconds: '8.0',
    poster: { id: 'image_still0' },
  });
});

test('who has nothing to show has an empty list and no cover', async () => {
  await using media = await startMedia();
  const variables = {
    representations: [
      { __typename: 'Product', id: 'product_x' },
      { __typename: 'User', id: 'user_x' },
    ],
  };
  const { data } = await media.subgraph.query({ document: ENTITIES, variables });
  expect(data._entities).toEqual([
    { id: 'product_x', coverImage: null, media: [] },
    { id: 'user_x', avatar: null },
  ]);
});
