import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawScene, VARIANTS } from '../../subgraphs/media/drawing.ts';
import { readIcon } from '../../subgraphs/media/icons.ts';
import { PALETTE_NAMES } from '../../subgraphs/media/palettes.ts';
import { drawnPlaceholder } from '../../subgraphs/media/placeholders.ts';
import { drawPortrait, looksOf } from '../../subgraphs/media/portraits.ts';
import { describe, digestOf } from '../../subgraphs/media/sources.ts';
import { BICYCLE } from './arrange.ts';

const rasterize = (svg: string) =>
  sharp(Buffer.from(svg)).raw().toBuffer({ resolveWithObject: true });

test('the same recipe has the same digest, in whatever order the database gives its fields', () => {
  const shuffled = Object.fromEntries(Object.entries(BICYCLE).reverse());
  expect(digestOf({ ...BICYCLE, ...shuffled })).toBe(digestOf(BICYCLE));
  // It stands in URLs that clients keep for a year: a change of it must be meant.
  expect(digestOf(BICYCLE)).toMatchInlineSnapshot(`"dbc9bc4f7741801a8264b5307a855e46"`);
});

test('recipes that differ have digests that differ', () => {
  const digests = PALETTE_NAMES.flatMap((palette) => [
    ...VARIANTS.map((variant) => digestOf({ kind: 'drawn', icon: 'camera', palette, variant })),
    ...[0, 1, 2].map((n) => digestOf({ kind: 'portrait', palette, looks: looksOf(n) })),
  ]);
  expect(new Set(digests).size).toBe(digests.length);
});

test.each(PALETTE_NAMES)('in %s, a thing stands out from its room', async (palette) => {
  const icon = readIcon('vinyl-record');
  const { data, info } = await rasterize(drawScene(icon, palette, 'front', 160));
  expect([info.width, info.height]).toEqual([160, 120]);
  const brightness = (x: number, y: number) => data[(y * info.width + x) * info.channels] ?? 0;
  const row = Array.from({ length: 160 }, (_, x) => brightness(x, 62));
  expect(Math.max(...row) - Math.min(...row)).toBeGreaterThan(100);
});

test('no two of the first thirty people look the same', async () => {
  const faces = await Promise.all(
    Array.from({ length: 30 }, async (_, n) => {
      const { data } = await rasterize(drawPortrait(looksOf(n), 'ink', 64));
      return data.toString('base64');
    }),
  );
  expect(new Set(faces).size).toBe(30);
});

test.each(PALETTE_NAMES)('the preview of %s is short and a picture', async (palette) => {
  for (const source of [
    { ...BICYCLE, palette } as const,
    { kind: 'portrait', palette, looks: looksOf(0) } as const,
  ]) {
    const url = drawnPlaceholder(source) ?? '';
    expect(url.length).toBeLessThanOrEqual(500);
    expect(url).not.toMatch(/["#<>\s](?<! )/);
    const svg = decodeURIComponent(url.slice(url.indexOf(',') + 1));
    const { width } = await sharp(Buffer.from(svg)).metadata();
    expect(width).toBe(40);
  }
});

test('a recipe with an unknown icon is refused when the row is made', () => {
  expect(() => describe({ ...BICYCLE, icon: 'no-such-thing' })).toThrow();
  expect(() => describe({ ...BICYCLE, icon: '../bold/bicycle' })).toThrow(
    'not the name of an icon',
  );
});
