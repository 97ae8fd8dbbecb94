import { expect, test } from 'vitest';
import type { Ask, Call } from '../../../router/transport/ask.ts';
import { balance } from '../../../router/transport/balance.ts';
import type { Replica } from '../../../router/transport/replica.ts';
import { CALLER } from './arrange.ts';
import { answers, hangsUp, isStopping, startShop } from './shop.ts';

const STOCK = '{ stock }';

const CALL: Call = {
  asking: { caller: CALLER, departure: null, takesKept: false, journal: null, trace: null },
  operation: {
    subgraph: 'shop',
    kind: 'query',
    query: STOCK,
    operationName: undefined,
    path: '',
    mayRepeat: true,
    head: '',
  },
  variables: '{}',
  traceparent: null,
  deadlineMs: Number.POSITIVE_INFINITY,
  attempts: 0,
  lastReplica: null,
  source: 'subgraph',
};

const replicaThat = (ask: Ask): Replica => ({
  ask,
  close: async () => {},
  inFlight: 0,
  latencyMs: 0,
  latencyAtMs: 0,
  failures: 0,
  restsUntilMs: 0,
  failsFast: false,
  isProbed: false,
});

test('every replica has its share', async () => {
  const counts = [0, 0, 0];
  const replicas = counts.map((_none, at) =>
    replicaThat(async () => {
      counts[at] = (counts[at] ?? 0) + 1;
      return '{"data":{}}';
    }),
  );
  const ask = balance(() => replicas);
  for (let round = 0; round < 300; round += 1) await ask({ ...CALL });
  // By chance one has fewer than sixty once in a million runs.
  for (const count of counts) expect(count).toBeGreaterThan(60);
});

test('who is busy is not asked while another is free', async () => {
  const asked = { busy: 0, free: 0 };
  const busy = replicaThat(() => {
    asked.busy += 1;
    return new Promise(() => {});
  });
  const free = replicaThat(async () => {
    asked.free += 1;
    return '{"data":{}}';
  });
  const ask = balance(() => [busy, free]);
  for (let round = 0; round < 100; round += 1) {
    const call = { ...CALL };
    await Promise.race([ask(call), new Promise((resolve) => setImmediate(resolve))]);
  }
  expect(asked).toEqual({ busy: 1, free: 99 });
});

test('while replicas stop and start again one after the other, nobody is failed', async () => {
  await using shop = await startShop([answers, answers, answers]);
  let isOver = false;
  let asked = 0;
  const ask = async (user: number): Promise<void> => {
    while (!isOver) {
      const { data, errors } = await shop.router.query(STOCK, { user: `user_${user}` });
      expect({ data, errors }).toEqual({ data: { stock: 7 }, errors: undefined });
      asked += 1;
    }
  };
  const clients = Promise.all([1, 2, 3, 4].map(ask));
  for (const replica of shop.replicas) {
    await replica.goDown();
    const before = asked;
    await expect.poll(() => asked, { timeout: 10_000 }).toBeGreaterThan(before + 50);
    await replica.comeBack();
    const known = replica.asked.length;
    // It rested; it is found again by those who ask.
    await expect.poll(() => replica.asked.length, { timeout: 10_000 }).toBeGreaterThan(known);
  }
  isOver = true;
  await clients;
});

test('one that stops answers nothing more, and what it was sent is done elsewhere, changes too', async () => {
  await using shop = await startShop([isStopping, answers]);
  for (let round = 0; round < 10; round += 1) {
    const { data } = await shop.router.query('mutation { sell }');
    expect(data).toEqual({ sell: 6 });
  }
  expect(shop.counts()[1]).toBe(10);
});

test('a change that could not be brought to a replica is brought to another', async () => {
  await using shop = await startShop([answers, answers]);
  await shop.replicas[0]?.goDown();
  for (let round = 0; round < 10; round += 1) {
    expect((await shop.router.query('mutation { sell }')).data).toEqual({ sell: 6 });
  }
});

test('one that fails again and again rests', async () => {
  await using shop = await startShop([hangsUp, answers]);
  for (let round = 0; round < 100; round += 1) {
    expect((await shop.router.query(STOCK)).data).toEqual({ stock: 7 });
  }
  // Three, and one more for each time that it was tried again meanwhile.
  expect(shop.counts()[0]).toBeLessThan(20);
});
