import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { issueServiceToken } from '../../../contract/service-token.ts';
import { TEST_SECRET } from '../../kit/secret.ts';
import { temporaryFolder } from '../../stack/folders.ts';
import { answers, type Behaviour, startShop } from '../transport/shop.ts';

/** Holds every answer until it is told to go on. */
const holding = () => {
  const held: (() => void)[] = [];
  let isHolding = true;
  const behaviour: Behaviour = (asked, response) => {
    if (isHolding) held.push(() => answers(asked, response));
    else answers(asked, response);
  };
  return {
    behaviour,
    held,
    goOn: () => {
      isHolding = false;
      for (const answer of held) answer();
    },
  };
};

test('past the limit queries are refused, and changes only where they are many more', async () => {
  const { behaviour, held, goOn } = holding();
  await using shop = await startShop([behaviour], { maxRequestsInFlight: 2 });
  const ask = (document: string, user: number) =>
    shop.router.query(document, { user: `user_${user}` });

  const under = [ask('{ stock }', 1), ask('{ stock }', 2)];
  await expect.poll(() => held.length).toBe(2);

  const refused = await ask('{ stock }', 3);
  expect(refused).toMatchObject({
    status: 503,
    errors: [{ extensions: { code: 'OVERLOADED' } }],
  });
  const changes = [3, 4, 5, 6].map((user) => ask('mutation { sell }', user));
  await expect.poll(() => held.length).toBe(6);
  expect(await ask('mutation { sell }', 7)).toMatchObject({ status: 503 });

  goOn();
  for (const { errors } of await Promise.all([...under, ...changes])) {
    expect(errors).toBeUndefined();
  }
  expect(await ask('{ stock }', 8)).toMatchObject({ status: 200, data: { stock: 7 } });
});

test('what a change that was let in needs of other services is let in as well', async () => {
  using folder = temporaryFolder();
  mkdirSync(path.join(folder.path, 'cart'));
  writeFileSync(path.join(folder.path, 'cart/stock.graphql'), '{ stock }');
  const authorization = `Service ${issueServiceToken(TEST_SECRET, 'cart')}`;
  let waiting = 0;
  const asksBack: Behaviour = async (asked, response) => {
    if (!asked.text.includes('sell')) return answers(asked, response);
    waiting += 1;
    await expect.poll(() => waiting).toBe(6);
    const { status } = await shop.router.query('{ stock }', { authorization });
    response.end(JSON.stringify({ data: { sell: status } }));
  };
  const serviceOperations = folder.path;
  await using shop = await startShop([asksBack], { maxRequestsInFlight: 2, serviceOperations });
  const sales = [1, 2, 3, 4, 5, 6].map((user) =>
    shop.router.query('mutation { sell }', { user: `user_${user}` }),
  );
  for (const sale of await Promise.all(sales)) expect(sale).toMatchObject({ data: { sell: 200 } });
});

test('who is refused is told when to come back', async () => {
  const { behaviour, held, goOn } = holding();
  await using shop = await startShop([behaviour], { maxRequestsInFlight: 1 });
  const under = shop.router.query('{ stock }');
  await expect.poll(() => held.length).toBe(1);
  const { statusCode, headers, body } = await request(`${shop.router.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ price }"}',
  });
  await body.dump();
  expect([statusCode, headers['retry-after']]).toEqual([503, '1']);
  goOn();
  await under;
});

test('a turn is given back by whoever is refused later, and by whoever leaves', async () => {
  await using shop = await startShop([answers], { maxRequestsInFlight: 1 });
  for (let round = 0; round < 5; round += 1) {
    expect(await shop.router.query('{ nothing }')).toMatchObject({ status: 200 });
    expect(await shop.router.query('{ stock }')).toMatchObject({ data: { stock: 7 } });
  }
});
