import pg from 'pg';
import { expect, test } from 'vitest';
import { startSupergraph } from '../kit/supergraph.ts';

const CART = `query Cart($token: String!) {
  cart(token: $token) {
    totals { amount currencyCode }
    lines { quantity total { amount } warnings { code } product { id price { amount } } }
  }
}`;

test('totals follow the catalogue’s price of now, and a changed price is told', async () => {
  await using market = await startSupergraph();
  const made = await market.query('mutation { createGuestCart { token } }');
  const { token } = made.data.createGuestCart;
  const add = await market.query(
    `mutation Add($input: AddToCartInput!) {
      addToCart(input: $input) {
        cart { totals { amount currencyCode } }
        userErrors { code }
      }
    }`,
    {
      variables: {
        input: {
          token,
          productId: 'product_1',
          priceSeen: { amount: '0.01', currencyCode: 'EUR' },
        },
      },
    },
  );
  expect(add.data.addToCart.userErrors).toEqual([]);

  const catalog = new pg.Client({ connectionString: market.databaseUrls.catalog });
  await catalog.connect();
  await catalog.query(
    `UPDATE products SET price_amount = 12345, price_currency = 'EUR',
       availability = 'AVAILABLE', quantity_available = 1 WHERE id = 'product_1'`,
  );
  const { data, errors } = await market.query(CART, { variables: { token } });
  expect(errors).toBeUndefined();
  expect(data.cart).toEqual({
    totals: [{ amount: '123.45', currencyCode: 'EUR' }],
    lines: [
      {
        quantity: 1,
        total: { amount: '123.45' },
        warnings: [{ code: 'PRICE_CHANGED' }],
        product: { id: 'product_1', price: { amount: '123.45' } },
      },
    ],
  });

  await catalog.query(
    "UPDATE products SET availability = 'SOLD', quantity_available = 0 WHERE id = 'product_1'",
  );
  await catalog.end();
  const sold = await market.query(CART, { variables: { token } });
  expect(sold.data.cart.totals).toEqual([]);
  expect(sold.data.cart.lines[0].warnings).toContainEqual({ code: 'NO_LONGER_AVAILABLE' });
});
