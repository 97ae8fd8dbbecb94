import { expect, test } from 'vitest';
import { PaymentUnknown } from '../../subgraphs/cart/payments/provider.ts';
import { createStripe } from '../../subgraphs/cart/payments/stripe.ts';
import { type StripeDouble, startStripeDouble } from './stripe-double.ts';

const stripeAt = ({ url }: StripeDouble, timeoutMs = 10_000) =>
  createStripe({ secretKey: 'sk_test_1', apiUrl: url, timeoutMs });

const CHARGE = {
  orderId: 'order_1',
  amount: { minorUnits: 3_630n, currencyCode: 'EUR' },
  method: 'pm_card',
  idempotencyKey: 'order_1',
} as const;

const REFUND = {
  paymentId: 'pi_1',
  amount: { minorUnits: 630n, currencyCode: 'EUR' },
  idempotencyKey: 'refund_1',
} as const;

const serverError = { status: 500, body: { error: { type: 'api_error', message: 'Sorry.' } } };
const keyInUse = {
  status: 409,
  body: {
    error: { type: 'invalid_request_error', code: 'idempotency_key_in_use', message: 'Wait.' },
  },
};

test('a charge is one call, in minor units, under the key of the order', async () => {
  await using double = await startStripeDouble();
  const charged = await stripeAt(double).charge(CHARGE);
  expect(charged).toEqual({ outcome: 'approved', paymentId: 'pi_1' });
  expect(double.calls).toEqual([
    {
      method: 'POST',
      path: '/v1/payment_intents',
      key: 'order_1',
      authorization: 'Bearer sk_test_1',
      form: {
        amount: '3630',
        currency: 'eur',
        payment_method: 'pm_card',
        confirm: 'true',
        'automatic_payment_methods[enabled]': 'true',
        'automatic_payment_methods[allow_redirects]': 'never',
        'metadata[emporium_order]': 'order_1',
      },
    },
  ]);
});

test.each([
  ['a failure before it took effect', serverError, 'before'],
  ['a failure after it took effect', serverError, 'after'],
  ['a conflict of keys', keyInUse, 'after'],
  [
    'a limit of calls',
    { status: 429, body: { error: { type: 'invalid_request_error', message: 'Slower.' } } },
    'before',
  ],
  [
    'wrong credentials',
    { status: 401, body: { error: { type: 'invalid_request_error', message: 'Who?' } } },
    'before',
  ],
  ['an answer that is none', { status: 200, body: { object: 'nonsense' } }, 'before'],
  ['silence', 'silence', 'after'],
] as const)(
  'after %s it is not known, and a repeat finds the one charge',
  async (_what, answer, when) => {
    await using double = await startStripeDouble();
    const stripe = stripeAt(double, answer === 'silence' ? 300 : 10_000);
    double.failNext(answer, when);
    await expect(stripe.charge(CHARGE)).rejects.toBeInstanceOf(PaymentUnknown);
    expect(await stripe.charge(CHARGE)).toEqual({ outcome: 'approved', paymentId: 'pi_1' });
    expect(double.intents.size).toBe(1);
  },
);

test('a declined card is declined, and says so again when it is looked up', async () => {
  await using double = await startStripeDouble();
  double.outcomes.set('pm_card', {
    status: 'requires_payment_method',
    last_payment_error: { message: 'Your card has insufficient funds.' },
  });
  const stripe = stripeAt(double);
  const declined = { outcome: 'declined', reason: 'Your card has insufficient funds.' };
  expect(await stripe.charge(CHARGE)).toEqual(declined);
  expect(await stripe.charge(CHARGE)).toEqual(declined);
  expect(await stripe.find('order_1')).toEqual(declined);
  expect(double.intents.size).toBe(1);
});

test('what Stripe calls invalid is not charged and not asked for ever', async () => {
  await using double = await startStripeDouble();
  double.failNext(
    {
      status: 400,
      body: { error: { type: 'invalid_request_error', message: 'No such payment_method.' } },
    },
    'before',
  );
  expect(await stripeAt(double).charge(CHARGE)).toMatchObject({ outcome: 'declined' });
});

test('a key that was used for something else says nothing about money', async () => {
  await using double = await startStripeDouble();
  const stripe = stripeAt(double);
  await stripe.charge(CHARGE);
  await expect(stripe.charge({ ...CHARGE, method: 'pm_other' })).rejects.toBeInstanceOf(
    PaymentUnknown,
  );
});

test('a bank that asks for a confirmation gets none, and nothing is taken', async () => {
  await using double = await startStripeDouble();
  double.outcomes.set('pm_card', { status: 'requires_action' });
  const stripe = stripeAt(double);
  expect(await stripe.charge(CHARGE)).toMatchObject({ outcome: 'declined' });
  expect(double.intents.get('pi_1').status).toBe('canceled');
  expect(await stripe.charge(CHARGE)).toMatchObject({ outcome: 'declined' });
});

test('a payment that takes its time is not known until it has succeeded', async () => {
  await using double = await startStripeDouble();
  double.outcomes.set('pm_card', { status: 'processing' });
  const stripe = stripeAt(double);
  await expect(stripe.charge(CHARGE)).rejects.toBeInstanceOf(PaymentUnknown);
  await expect(stripe.find('order_1')).rejects.toBeInstanceOf(PaymentUnknown);
  double.intents.set('pi_1', { ...double.intents.get('pi_1'), status: 'succeeded' });
  expect(await stripe.charge(CHARGE)).toEqual({ outcome: 'approved', paymentId: 'pi_1' });
});

test('a charge is found by its order when its key is forgotten', async () => {
  await using double = await startStripeDouble();
  const stripe = stripeAt(double);
  expect(await stripe.find('order_1')).toBeNull();
  await stripe.charge(CHARGE);
  double.forgetKeys();
  expect(await stripe.find('order_1')).toEqual({ outcome: 'approved', paymentId: 'pi_1' });
  double.failNext(serverError, 'before');
  await expect(stripe.find('order_1')).rejects.toBeInstanceOf(PaymentUnknown);
});

test('a refund is made once, also when its answer was lost and its key forgotten', async () => {
  await using double = await startStripeDouble();
  const stripe = stripeAt(double);
  await stripe.refund(REFUND);
  const [call] = double.calls.filter(({ method }) => method === 'POST');
  expect(call).toMatchObject({
    path: '/v1/refunds',
    key: 'refund_1',
    form: { payment_intent: 'pi_1', amount: '630' },
  });
  await stripe.refund(REFUND);
  double.forgetKeys();
  await stripe.refund(REFUND);
  expect(double.refunds).toHaveLength(1);

  await stripe.refund({ ...REFUND, idempotencyKey: 'refund_2' });
  expect(double.refunds).toHaveLength(2);
  double.failNext(serverError, 'before');
  await expect(stripe.refund(REFUND)).rejects.toBeInstanceOf(PaymentUnknown);
});
