import { expect, test } from 'vitest';
import { connectRedis } from '../../router/redis.ts';
import { createLogLines } from '../kit/log-lines.ts';
import { REDIS, startRedis } from '../kit/redis.ts';
import { NONE, startFaultProxy } from './fault-proxy.ts';

const THERE = 'Redis is there: what routers share is shared';

test.skipIf(!REDIS)('it is asked whether it is there, though nothing is closed', async () => {
  await using redis = await startRedis();
  await using proxy = await startFaultProxy(redis.port);
  const log = createLogLines();
  const client = connectRedis(`redis://127.0.0.1:${proxy.port}`, log.log);
  await log.until(THERE);

  await proxy.inflict({ kind: 'half-open' });
  const unanswered = client.ping().catch((error: unknown) => error);
  await proxy.inflict(NONE);
  expect(await unanswered).toBeInstanceOf(Error);
  await expect.poll(() => client.ping().catch(() => null)).toBe('PONG');
  client.destroy();
});
