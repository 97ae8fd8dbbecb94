import { expect, test } from 'vitest';
import { SUBGRAPHS, type SubgraphName } from '../../stack/subgraphs.ts';
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

/** What is lost with each service: the paths of its own fields, and nothing else. */
const LOST: Readonly<Record<SubgraphName, readonly string[]>> = {
  users: ['product.seller.displayName', 'user'],
  catalog: ['product', 'cart.lines.0.product.title'],
  cart: ['cart'],
  media: ['product.coverImage'],
  recommendations: ['product.related', 'trending'],
};

const at = (data: unknown, path: string): unknown =>
  path.split('.').reduce((value, key) => Object(value)[key], data);

test.each(SUBGRAPHS)('without %s the others’ part of the page comes all the same', async (down) => {
  await using market = await startSupergraph();
  const whole = await market.query(PAGE);
  expect(whole.errors).toBeUndefined();

  await market.subgraphs[down].kill();
  const { status, data, errors } = await market.query(PAGE);
  expect(status).toBe(200);
  const paths = errors?.map(({ path }) => path?.join('.')) ?? [];
  for (const lost of LOST[down]) {
    expect(paths).toContain(lost);
  }
  for (const error of errors ?? []) {
    expect(error.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', service: down });
  }
  expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|ECONN|:\d{4,5}/);

  const kept = SUBGRAPHS.filter((name) => name !== down && name !== 'catalog').flatMap(
    (name) => LOST[name],
  );
  // Whatever hangs below the product goes with the catalogue, which alone knows that it exists.
  const independent = kept.filter((path) => down !== 'catalog' || !path.startsWith('product'));
  for (const path of independent) expect(at(data, path)).toEqual(at(whole.data, path));
});
