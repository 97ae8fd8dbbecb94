import { expect, test } from 'vitest';
import { clonePayments, openPool } from '../kit/database.ts';
import { ask, charge, startPaymentsProcess, startTestPayments } from './arrange.ts';

const count = async (pool: { query: (sql: string) => Promise<{ rows: { n: number }[] }> }) =>
  (await pool.query('SELECT count(*)::int AS n FROM charges WHERE declined IS NULL')).rows[0]?.n;

test('fifty charges under one key at once are one, with one answer', async () => {
  await using payments = await startTestPayments();
  const answers = await Promise.all(Array.from({ length: 50 }, () => charge(payments.url)));
  expect(new Set(answers.map(({ answer }) => answer.paymentId)).size).toBe(1);
  expect(answers[0]).toMatchObject({ status: 200, answer: { outcome: 'approved' } });
  expect(await count(payments.pool)).toBe(1);
});

test('another charge under a used key is refused and leaves the first as it was', async () => {
  await using payments = await startTestPayments();
  const first = await charge(payments.url);
  for (const change of [
    { amount: '1991' },
    { currencyCode: 'USD' },
    { method: 'card_slow' },
    { orderId: 'order_2' },
  ]) {
    expect((await charge(payments.url, change)).status).toBe(409);
  }
  expect(await ask(payments.url, '/charges/order_1')).toEqual(first);
});

test('cards do what their names say, and a repeat tells what happened', async () => {
  await using payments = await startTestPayments();
  const pay = (method: string) =>
    charge(payments.url, { method, idempotencyKey: method, orderId: method });

  const declined = await pay('card_declined');
  expect(declined).toMatchObject({ status: 200, answer: { outcome: 'declined' } });
  expect(await pay('card_declined')).toEqual(declined);
  expect(await pay('4242 4242')).toMatchObject({ answer: { outcome: 'declined' } });
  expect(await pay('card_slow')).toMatchObject({ answer: { outcome: 'approved' } });
  expect(await count(payments.pool)).toBe(1);

  expect((await pay('card_fails_before_charging')).status).toBe(500);
  expect((await ask(payments.url, '/charges/card_fails_before_charging')).status).toBe(404);
  expect(await pay('card_fails_before_charging')).toMatchObject({
    answer: { outcome: 'approved' },
  });
  expect(await count(payments.pool)).toBe(2);

  expect((await pay('card_fails_after_charging')).status).toBe(500);
  expect(await count(payments.pool)).toBe(3);
  expect(await pay('card_fails_after_charging')).toMatchObject({
    answer: { outcome: 'approved' },
  });
  expect(await count(payments.pool)).toBe(3);
});

test('who does not know the key is not answered', async () => {
  await using payments = await startTestPayments();
  const refused = await ask(payments.url, '/charges/order_1', undefined, {
    authorization: 'Bearer guessed',
  });
  expect(refused.status).toBe(401);
  expect((await ask(payments.url, '/health', undefined, {})).status).toBe(200);
  expect((await ask(payments.url, '/ready', undefined, {})).status).toBe(200);
});

test('what is no amount is not charged', async () => {
  await using payments = await startTestPayments();
  for (const amount of ['0', '-5', '1.5', '', '99999999999999999999']) {
    expect((await charge(payments.url, { amount })).status).toBe(400);
  }
  expect(await count(payments.pool)).toBe(0);
});

test('killed at any moment and asked again, it has charged each key once', async () => {
  await using database = await clonePayments();
  const pool = openPool(database.url);
  const keys = Array.from({ length: 40 }, (_, index) => `order_${index}`);
  const chargeAll = (url: string) =>
    Promise.all(
      keys.map((key) => charge(url, { idempotencyKey: key, orderId: key }).catch(() => null)),
    );
  const acknowledged = new Map<string, string>();
  for (let round = 0; round < 3; round += 1) {
    await using process = await startPaymentsProcess(database.url);
    const answers = chargeAll(process.url);
    // The first charge that arrives is enough: the rest is somewhere on its way.
    await Promise.race([charge(process.url, { idempotencyKey: 'warm' }), answers]);
    await process.kill();
    for (const [index, answered] of (await answers).entries()) {
      if (answered?.status !== 200) continue;
      const key = keys[index] ?? '';
      expect(acknowledged.get(key) ?? answered.answer.paymentId).toBe(answered.answer.paymentId);
      acknowledged.set(key, answered.answer.paymentId);
    }
  }
  await using process = await startPaymentsProcess(database.url);
  for (const [index, answered] of (await chargeAll(process.url)).entries()) {
    const key = keys[index] ?? '';
    expect(acknowledged.get(key) ?? answered?.answer.paymentId).toBe(answered?.answer.paymentId);
  }
  const { rows } = await pool.query(
    "SELECT idempotency_key FROM charges WHERE idempotency_key <> 'warm'",
  );
  expect(rows.map((row) => row.idempotency_key).sort()).toEqual(keys.toSorted());
  await pool.end();
});
