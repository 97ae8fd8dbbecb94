import { expect, test } from 'vitest';
import { ask, charge, startTestPayments } from './arrange.ts';

const refund = (url: string, paymentId: string, amount: string, idempotencyKey: string) =>
  ask(url, '/refunds', { idempotencyKey, paymentId, amount });

test('of refunds at once, no more than was charged takes effect', async () => {
  await using payments = await startTestPayments();
  const { paymentId } = (await charge(payments.url)).answer;
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      refund(payments.url, paymentId, '300', `refund_${index}`),
    ),
  );
  const done = answers.filter(({ answer }) => answer.outcome === 'refunded');
  expect(done).toHaveLength(6);
  const { rows } = await payments.pool.query('SELECT sum(amount)::int AS sum FROM refunds');
  expect(rows[0].sum).toBe(1800);
});

test('the same refund fifty times at once is one', async () => {
  await using payments = await startTestPayments();
  const { paymentId } = (await charge(payments.url)).answer;
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => refund(payments.url, paymentId, '1990', 'refund_1')),
  );
  expect(new Set(answers.map(({ answer }) => answer.refundId)).size).toBe(1);
  expect(answers.every(({ answer }) => answer.outcome === 'refunded')).toBe(true);
  expect((await refund(payments.url, paymentId, '1', 'refund_1')).status).toBe(409);
});

test('what was declined or never charged is not refunded', async () => {
  await using payments = await startTestPayments();
  await charge(payments.url, { method: 'card_declined' });
  const { rows } = await payments.pool.query('SELECT id FROM charges');
  for (const paymentId of [rows[0].id, 'payment_none']) {
    const refused = await refund(payments.url, paymentId, '1', `refund_${paymentId}`);
    expect(refused.answer).toMatchObject({ outcome: 'refused' });
  }
});

test('the ledger is only added to', async () => {
  await using payments = await startTestPayments();
  await charge(payments.url);
  for (const sql of ['UPDATE charges SET amount = 1', 'DELETE FROM charges', 'TRUNCATE refunds']) {
    await expect(payments.pool.query(sql)).rejects.toThrow('only added to');
  }
});
