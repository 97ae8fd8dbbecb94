import { afterAll, expect, test } from 'vitest';
import { SUBGRAPHS, type SubgraphName } from '../../stack/subgraphs.ts';
import type { Data } from '../kit/http.ts';
import { startSupergraph } from '../kit/supergraph.ts';

const PAGE = `{
  product(id: "product_1") {
    title
    seller { displayName listings(first: 1) { totalCount } }
    coverImage { alt }
    related(first: 3) { product { title } }
  }
  cart(token: "readme-guest-cart") { totalQuantity lines { product { title } } }
  trending(first: 3) { reason { code } }
  user(id: "user_1") { handle }
}`;

/** What goes with each service, as the paths of its fields that must be told: as failed, or as stood in for. */
const LOST: Readonly<Record<SubgraphName, readonly string[]>> = {
  users: ['product.seller.displayName', 'user'],
  catalog: ['product', 'cart.lines.0.product.title'],
  cart: ['cart'],
  media: ['product.coverImage'],
  recommendations: ['product.related', 'trending'],
};

/** What only that service knows, and what is there as long as it is. */
const OWN: Readonly<Record<SubgraphName, readonly string[]>> = {
  users: ['user.handle'],
  catalog: ['product.title'],
  cart: ['cart.totalQuantity'],
  // Only the catalogue knows that the product exists, so without it there is nothing to hang on.
  media: [],
  recommendations: ['trending.0.reason.code'],
};

const at = (data: unknown, path: string): unknown =>
  path.split('.').reduce((value, key) => Object(value)[key], data);

const market = await startSupergraph();
afterAll(() => market[Symbol.asyncDispose]());

test.each(SUBGRAPHS)('without %s the others’ part of the page comes all the same', async (down) => {
  const whole = await market.query(PAGE);
  expect(whole.errors).toBeUndefined();

  const { status, data, errors, extensions } = await market.whileDown(down, () =>
    market.query(PAGE),
  );
  expect(status).toBe(200);
  const degraded: Data[] = extensions?.['degraded'] ?? [];
  const told = [...(errors ?? []), ...degraded].map(({ path }) => path?.join('.'));
  for (const lost of LOST[down]) expect(told).toContain(lost);
  for (const { code, service } of [
    ...(errors ?? []).map((error) => error.extensions ?? {}),
    ...degraded,
  ]) {
    expect({ code, service }).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', service: down });
  }
  for (const { path, standIn } of degraded) {
    expect([path.join('.'), standIn, at(data, path.join('.'))]).toEqual([
      'product.related',
      'DEFAULT',
      [],
    ]);
  }
  expect(JSON.stringify([errors, extensions])).not.toMatch(/127\.0\.0\.1|ECONN|:\d{4,5}/);

  for (const path of SUBGRAPHS.filter((name) => name !== down).flatMap((name) => OWN[name])) {
    expect(at(data, path), path).toEqual(at(whole.data, path));
  }
  for (const path of OWN[down]) expect(at(data, path), path).toBeUndefined();
});
