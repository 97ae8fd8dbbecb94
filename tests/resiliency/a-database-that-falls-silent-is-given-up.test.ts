import { expect, test } from 'vitest';
import { openDatabase } from '../../subgraphs/kit/database.ts';
import { cloneDatabase } from '../kit/database.ts';
import { NONE, startFaultProxy } from './fault-proxy.ts';

test('every place of the pool is free again, though nothing has closed a connection', async () => {
  await using clone = await cloneDatabase('users', 'empty');
  const url = new URL(clone.url);
  await using proxy = await startFaultProxy(Number(url.port));
  url.port = String(proxy.port);
  const database = openDatabase(url.href, { maxConnections: 2, silenceMs: 500 });
  const look = () => database.pool.query('SELECT 1');
  await Promise.all([look(), look()]);

  await proxy.inflict({ kind: 'half-open' });
  const stuck = [look(), look()].map((each) => each.catch(String));
  await proxy.inflict(NONE);
  await database.ping();
  for (const each of await Promise.all(stuck)) expect(each).toMatch('the database fell silent');
  await database.close();
});
