import { expect, test } from 'vitest';
import { answers, type Behaviour, startShop } from './shop.ts';

test('a slow query is asked once more, and the slower answer is given up', async () => {
  let givenUp = 0;
  const holdsAndCounts: Behaviour = (_request, response) => {
    response.once('close', () => {
      givenUp += 1;
    });
  };
  await using shop = await startShop([holdsAndCounts, answers], { subgraphHedgeAfterMs: 20 });
  for (let round = 0; round < 20; round += 1) {
    const { data } = await shop.router.query('{ stock }', { user: `user_${round}` });
    expect(data).toEqual({ stock: 7 });
  }
  expect(shop.counts()[0]).toBeGreaterThan(0);
  await expect.poll(() => givenUp).toBe(shop.counts()[0]);
});

test('a change is never asked for twice', async () => {
  await using shop = await startShop(
    [(_request, response) => void setTimeout(() => response.end('{"data":{"sell":6}}'), 100)],
    { subgraphHedgeAfterMs: 1 },
  );
  expect((await shop.router.query('mutation { sell }')).data).toEqual({ sell: 6 });
  expect(shop.counts()).toEqual([1]);
});
