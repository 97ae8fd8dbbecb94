import { describe, expect, test } from 'vitest';
import { CONDITIONS } from '../../prisma/seed/conditions.ts';
import { categoryId, DEPARTMENTS, LEAVES } from '../../prisma/seed/goods/departments.ts';
import { createMarket } from '../../prisma/seed/market.ts';
import { readIcon } from '../../subgraphs/media/icons.ts';

const market = createMarket(new Date('2026-11-23T12:00:00.000Z'));
const { people, products, pictures, events, carts } = market;

const countBy = <T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
};

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

describe('its size', () => {
  test('is what was promised', () => {
    expect(DEPARTMENTS).toHaveLength(12);
    expect(people.filter(({ shop }) => shop !== undefined)).toHaveLength(200);
    expect(people).toHaveLength(500);
    expect(products).toHaveLength(1_500);
    expect(events).toHaveLength(20_000);
  });

  test('has something for sale in every category', () => {
    const forSale = countBy(
      products.filter(({ availability }) => availability === 'AVAILABLE'),
      (product) => product.categoryId,
    );
    for (const { slug } of LEAVES) expect(forSale.get(categoryId(slug)), slug).toBeGreaterThan(8);
  });

  test('has most things for sale, some sold, a few reserved or withdrawn', () => {
    const counts = countBy(products, ({ availability }) => availability);
    expect(counts.get('SOLD')).toBeGreaterThan(75);
    expect(counts.get('SOLD')).toBeLessThan(165);
    expect(counts.get('RESERVED')).toBeGreaterThan(10);
    expect(counts.get('WITHDRAWN')).toBeGreaterThan(10);
    expect(counts.get('AVAILABLE')).toBeGreaterThan(1_200);
  });
});

describe('its listings', () => {
  test('hardly share a title', () => {
    expect(new Set(products.map(({ title }) => title)).size).toBeGreaterThan(1_480);
  });

  test('have titles and texts without gaps, within the limits of sellers', () => {
    for (const { title, description, brand, attributes } of products) {
      expect(`${title} ${description}`).not.toMatch(/[{}]|undefined| {2}| ,|\(\)/);
      expect(title.length).toBeGreaterThanOrEqual(3);
      expect(title.length).toBeLessThanOrEqual(140);
      expect((brand ?? 'none').length).toBeLessThanOrEqual(60);
      expect(attributes.every(({ name, value }) => name !== '' && value !== '')).toBe(true);
      const sentences = description.split(/(?<=[.!?]) /);
      expect(sentences.length).toBeGreaterThanOrEqual(1);
      expect(description.length).toBeGreaterThan(20);
    }
  });

  test('cost more, the better they are kept', () => {
    const byLeaf = new Map(
      LEAVES.map(({ slug }) => [
        slug,
        mean(products.filter(({ leaf }) => leaf === slug).map(({ price }) => Math.log(price))),
      ]),
    );
    // Against the mean of their leaf, so that a cheap book does not weigh against a dear camera.
    const levels = CONDITIONS.map((condition) =>
      mean(
        products
          .filter((product) => product.condition === condition)
          .map(({ price, leaf }) => Math.log(price) - (byLeaf.get(leaf) ?? 0)),
      ),
    );
    expect(levels).toEqual([...levels].sort((one, other) => other - one));
  });

  test('cost what such a thing may cost', () => {
    for (const { price } of products) {
      expect(Number.isInteger(price)).toBe(true);
      expect(price).toBeGreaterThanOrEqual(200);
      expect(price).toBeLessThan(800_000);
    }
  });

  test('are drawn with icons that exist', () => {
    for (const icon of new Set(products.map((product) => product.icon))) {
      expect(readIcon(icon).silhouette, icon).not.toBe('');
    }
  });

  test('are in pounds exactly where their sellers live in the United Kingdom', () => {
    const countries = new Map(people.map(({ id, country }) => [id, country.code]));
    for (const { sellerId, currency } of products) {
      expect(currency === 'GBP').toBe(countries.get(sellerId) === 'GB');
    }
  });
});

describe('its people', () => {
  test('have handles that the users subgraph would accept, each their own', () => {
    const handles = people.map(({ handle }) => handle);
    expect(new Set(handles).size).toBe(handles.length);
    for (const handle of handles) {
      expect(handle).toMatch(/^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){2,29}$/);
    }
  });

  test('begin with Ada, who sells, buys, and has two addresses', () => {
    const [ada] = people;
    expect(ada).toMatchObject({ id: 'user_1', displayName: 'Ada Moreau', handle: 'ada-moreau' });
    expect(ada?.addresses).toHaveLength(2);
    expect(products.filter(({ sellerId }) => sellerId === 'user_1').length).toBeGreaterThan(5);
    expect(
      carts.find(({ holder }) => 'userId' in holder && holder.userId === 'user_1'),
    ).toBeDefined();
  });
});

describe('what points from one database into another', () => {
  const productIds = new Set(products.map(({ id }) => id));
  const peopleIds = new Set(people.map(({ id }) => id));
  const categoryIds = new Set(LEAVES.map(({ slug }) => categoryId(slug)));

  test('points at something', () => {
    for (const product of products) {
      expect(peopleIds).toContain(product.sellerId);
      expect(categoryIds).toContain(product.categoryId);
    }
    const astray = events.filter(
      ({ productId, actorId }) =>
        !productIds.has(productId) || !(peopleIds.has(actorId) || actorId.startsWith('session_')),
    );
    expect(astray).toEqual([]);
    for (const { lines } of carts) {
      for (const { productId } of lines) expect(productIds).toContain(productId);
    }
    for (const { place } of pictures) {
      if (place === null) continue;
      const owners = place.ownerKind === 'PRODUCT' ? productIds : peopleIds;
      expect(owners.has(place.ownerId)).toBe(true);
    }
  });

  test('shows one to four pictures of every thing, one of every person, and two clips', () => {
    const counts = countBy(
      pictures.filter(({ kind, place }) => kind === 'IMAGE' && place !== null),
      ({ place }) => place?.ownerId ?? '',
    );
    for (const id of productIds) {
      expect(counts.get(id)).toBeGreaterThanOrEqual(1);
      expect(counts.get(id)).toBeLessThanOrEqual(4);
    }
    for (const id of peopleIds) expect(counts.get(id)).toBe(1);
    const clips = pictures.filter(({ kind }) => kind === 'VIDEO');
    expect(clips).toHaveLength(2);
    for (const { posterId } of clips) {
      expect(pictures.find(({ id }) => id === posterId)?.source.kind).toBe('still');
    }
  });
});

describe('its story', () => {
  test('sold exactly what is gone', () => {
    const bought = countBy(
      events.filter(({ kind }) => kind === 'BOUGHT'),
      ({ productId }) => productId,
    );
    for (const { id, pieces, quantityAvailable, availability } of products) {
      const left = pieces - (bought.get(id) ?? 0);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(availability === 'SOLD').toBe(left === 0);
      if (availability === 'AVAILABLE') expect(quantityAvailable).toBe(left);
    }
  });

  test('showed nobody what was not listed yet or sold already', () => {
    const byId = new Map(products.map((product) => [product.id, product]));
    for (const { productId, at, kind } of events) {
      const product = byId.get(productId);
      expect(at).toBeGreaterThanOrEqual(product?.listedAt.getTime() ?? Number.POSITIVE_INFINITY);
      if (product?.availability === 'SOLD' && kind === 'VIEWED') {
        expect(at).toBeLessThanOrEqual(product.updatedAt.getTime());
      }
    }
  });

  test('has a long tail: few things have many looks, many have few', () => {
    const looks = [...countBy(events, ({ productId }) => productId).values()];
    looks.sort((one, other) => other - one);
    const top = looks.slice(0, 150).reduce((sum, each) => sum + each, 0);
    expect(top / events.length).toBeGreaterThan(0.3);
    expect(looks[Math.floor(looks.length / 2)]).toBeLessThan(20);
  });
});

test('the cart of the documentation warns of a changed price, and holds a lens that fits its camera', () => {
  const cart = carts.find(({ id }) => id === 'cart_readme');
  const lines = (cart?.lines ?? []).map((line) => ({
    line,
    product: products.find(({ id }) => id === line.productId),
  }));
  expect(lines).toHaveLength(3);
  expect(lines.map(({ line, product }) => line.priceSeen !== product?.price)).toEqual([
    true,
    false,
    false,
  ]);
  expect(lines.every(({ product }) => product?.availability === 'AVAILABLE')).toBe(true);
  const [camera, lens] = lines.map(({ product }) =>
    product?.attributes.find(({ name }) => name === 'Mount'),
  );
  expect(camera).toEqual(lens);
});
