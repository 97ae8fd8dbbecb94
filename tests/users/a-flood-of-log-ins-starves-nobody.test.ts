import { expect, test } from 'vitest';
import { codesOf, logIn, startUsers } from './arrange.ts';

test('of 200 log-ins at once some are sent away, and a query is answered before the others', async () => {
  await using subgraph = await startUsers();
  const order: string[] = [];
  const flood = Array.from({ length: 200 }, async (_, index) => {
    const input = { email: `nobody-${index}@example.com`, password: 'a wrong guess' };
    const [code = 'none'] = codesOf(
      await logIn(subgraph, input, { clientAddress: `192.0.2.${index}` }),
    );
    order.push(code);
  });
  const query = subgraph.query({ document: '{ me { id } }' }).then(() => order.push('query'));
  await Promise.all([...flood, query]);

  const looked = order.filter((code) => code === 'CREDENTIALS_WRONG').length;
  const sentAway = order.filter((code) => code === 'TRY_LATER').length;
  expect(looked + sentAway).toBe(200);
  expect(looked).toBeGreaterThan(0);
  expect(sentAway).toBeGreaterThan(0);
  expect(order.lastIndexOf('CREDENTIALS_WRONG')).toBeGreaterThan(order.indexOf('query'));
});
