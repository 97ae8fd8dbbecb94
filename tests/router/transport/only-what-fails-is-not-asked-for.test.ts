import { expect, test } from 'vitest';
import { createBreaker } from '../../../router/transport/breaker.ts';
import { answers, type Behaviour, startShop } from './shop.ts';

/** Everything but the price is answered. */
const priceIsLate: Behaviour = (request, response) => {
  if (!request.text.includes('price')) answers(request, response);
};

const LATE = { extensions: { code: 'SUBGRAPH_TIMEOUT', service: 'shop' } };
const UNAVAILABLE = { extensions: { code: 'SUBGRAPH_UNAVAILABLE', service: 'shop' } };

test('a field that is always late is not asked for any more, and the others are', async () => {
  await using shop = await startShop([priceIsLate], { subgraphTimeoutMs: 200 });
  const ask = (document: string, user: number) =>
    shop.router.query(document, { user: `user_${user}` });

  const late = await Promise.all([1, 2, 3, 4, 5].map((user) => ask('{ price }', user)));
  for (const { errors } of late) expect(errors).toMatchObject([LATE]);
  const before = shop.counts()[0];

  // Well within the second that it rests.
  const refused = await Promise.all([1, 2, 3].map((user) => ask('{ price }', user)));
  for (const { errors } of refused) expect(errors).toMatchObject([UNAVAILABLE]);
  expect((await ask('{ price stock }', 4)).errors).toMatchObject([UNAVAILABLE, UNAVAILABLE]);
  expect(shop.counts()[0]).toBe(before);

  expect(await ask('{ stock }', 1)).toMatchObject({ data: { stock: 7 } });

  // Once it has rested, one request finds out that it is well.
  shop.replicas[0]?.become(answers);
  await expect
    .poll(async () => (await ask('{ price }', 1)).data, { timeout: 5_000 })
    .toEqual({
      price: 5,
    });
});

/** A breaker with a clock that is told the time. */
const startBreaker = () => {
  let nowMs = 1;
  const breaker = createBreaker(() => nowMs);
  return {
    breaker,
    pass: (ms: number) => {
      nowMs += ms;
    },
    fail: (times: number) => {
      for (let time = 0; time < times; time += 1) {
        expect(breaker.lets()).toBe(true);
        breaker.failed();
      }
    },
  };
};

test('half of at least five calls within ten seconds open a breaker', () => {
  const { breaker, pass, fail } = startBreaker();
  fail(4);
  pass(10_001);
  fail(1);
  for (let time = 0; time < 4; time += 1) breaker.succeeded();
  expect(breaker.state()).toBe('closed');
  fail(3);
  expect(breaker.state()).toBe('open');
  expect(breaker.lets()).toBe(false);
});

test('after its rest one call is let through, and what it finds decides', () => {
  const { breaker, pass, fail } = startBreaker();
  fail(5);
  pass(1_000);
  expect([breaker.lets(), breaker.lets()]).toEqual([true, false]);
  breaker.failed();
  // Twice as long as before.
  pass(1_999);
  expect(breaker.lets()).toBe(false);
  pass(1);
  expect(breaker.lets()).toBe(true);
  breaker.succeeded();
  expect(breaker.state()).toBe('closed');
  expect([breaker.lets(), breaker.lets()]).toEqual([true, true]);
});

test('a probe that nobody waited for lets another find out', () => {
  const { breaker, pass, fail } = startBreaker();
  fail(5);
  pass(1_000);
  expect(breaker.lets()).toBe(true);
  breaker.ended();
  expect(breaker.lets()).toBe(true);
});

test('what was asked before it opened does not close it', () => {
  const { breaker, pass, fail } = startBreaker();
  fail(5);
  breaker.succeeded();
  expect(breaker.state()).toBe('open');
  pass(1_000);
  expect(breaker.state()).toBe('half-open');
});
