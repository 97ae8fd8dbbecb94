import { expect, test } from 'vitest';
import { readCartSettings } from '../../subgraphs/cart/settings.ts';

const STRIPE = {
  PAYMENT_PROVIDER: 'stripe',
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};

test('outside production the test provider is the default, in production nobody is', () => {
  const provider = { kind: 'test', url: 'http://127.0.0.1:4010' };
  expect(readCartSettings({})).toEqual({ provider });
  expect(readCartSettings({ NODE_ENV: 'test' })).toEqual({ provider });
  expect(() => readCartSettings({ NODE_ENV: 'production' })).toThrow('PAYMENT_PROVIDER: not set');
  const chosen = { NODE_ENV: 'production', PAYMENT_PROVIDER: 'test' };
  expect(readCartSettings(chosen)).toEqual({ provider });
});

test('Stripe is not asked without both of its keys', () => {
  expect(readCartSettings({ NODE_ENV: 'production', ...STRIPE })).toEqual({
    provider: {
      kind: 'stripe',
      secretKey: 'sk_test_1',
      webhookSecret: 'whsec_1',
      apiUrl: null,
    },
  });
  for (const name of ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET']) {
    expect(() => readCartSettings({ ...STRIPE, [name]: undefined })).toThrow(`${name}: not set`);
    expect(() => readCartSettings({ ...STRIPE, [name]: ' ' })).toThrow(`${name}: is empty`);
  }
  expect(() => readCartSettings({ PAYMENT_PROVIDER: 'paypal' })).toThrow('PAYMENT_PROVIDER');
});
