import { expect, test } from 'vitest';
import { FirstPageDocument } from '../../generated/operations/storefront/graphql.ts';
import { plannedFetches } from '../kit/plan.ts';
import { startSupergraph } from '../kit/supergraph.ts';

test('the first page comes from all five, with as many requests as its plan has', async () => {
  await using market = await startSupergraph();
  const { data, errors } = await market.query(FirstPageDocument);
  expect(errors).toBeUndefined();
  expect(data.cart.totals[0].amount).toMatch(/^\d+\.\d\d$/);
  expect(data.cart.lines).toHaveLength(3);
  for (const { product } of data.cart.lines) {
    expect(product.seller.displayName).toBeTruthy();
    expect(product.coverImage.url).toMatch(/^http:\/\/localhost:4000\/media\/images\//);
  }
  expect(data.trending).toHaveLength(2);

  expect(plannedFetches(FirstPageDocument)).toBeGreaterThan(5);
  expect(market.requests()).toBe(plannedFetches(FirstPageDocument));
});
