import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createMarket } from '../../prisma/seed/market.ts';

const NOON = new Date('2026-11-23T12:00:00.000Z');

test('the same instant gives the same market, to the byte', () => {
  // A digest, because the difference of two markets fills the screen.
  const digest = () =>
    createHash('sha256')
      .update(JSON.stringify(createMarket(NOON)))
      .digest('hex');
  expect(digest()).toBe(digest());
});

test('another day gives the same market, with its dates moved along', () => {
  const later = new Date(NOON.getTime() + 3 * 86_400_000);
  const [one, other] = [createMarket(NOON), createMarket(later)];

  expect(other.products.map(({ title, price }) => [title, price])).toEqual(
    one.products.map(({ title, price }) => [title, price]),
  );
  expect(other.events.map(({ actorId, productId }) => [actorId, productId])).toEqual(
    one.events.map(({ actorId, productId }) => [actorId, productId]),
  );
  expect(other.events.at(-1)?.at).toBe((one.events.at(-1)?.at ?? 0) + 3 * 86_400_000);
});

test('the newest things are recent, and nothing is in the future', () => {
  const { products, events, pictures, carts } = createMarket(NOON);
  const instants = [
    ...products.flatMap(({ listedAt, updatedAt }) => [listedAt.getTime(), updatedAt.getTime()]),
    ...events.map(({ at }) => at),
    ...pictures.map(({ createdAt }) => createdAt.getTime()),
    ...carts.map(({ updatedAt }) => updatedAt.getTime()),
  ];
  expect(Math.max(...instants)).toBeLessThanOrEqual(NOON.getTime());
  expect(Math.max(...events.map(({ at }) => at))).toBeGreaterThan(NOON.getTime() - 6 * 3_600_000);
});
