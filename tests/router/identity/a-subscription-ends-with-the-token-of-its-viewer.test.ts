import { expect, test } from 'vitest';
import { EVENT_STREAM } from '../../kit/accepts.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { openRawStream } from '../../kit/raw-stream.ts';
import { SUBSCRIPTION, startStreamingRouter } from '../../kit/streaming-router.ts';
import { ISSUER, issue, newKey, secondsFromNow, startKeySet } from './issuer.ts';

const startTrusting = () =>
  withCleanup(async ({ use }) => {
    const key = await newKey('one');
    const keySet = use(await startKeySet([key]));
    const identityProviders = { [ISSUER]: keySet.url };
    const router = use(
      await startStreamingRouter({ identityProviders, maxSubscriptionsPerViewer: 1 }),
    );
    const subscribe = async (lifetimeS: number) => {
      const token = await issue(key, { exp: secondsFromNow(lifetimeS) });
      const authorization = `Bearer ${token}`;
      return openRawStream(router.url, SUBSCRIPTION, { accept: EVENT_STREAM, authorization });
    };
    return { router, subscribe };
  });

test('it says so, and gives its place back', async () => {
  await using trusting = await startTrusting();
  using short = await trusting.subscribe(2);
  const text = await short.until('complete');
  expect(text).toMatch(/"code":"UNAUTHENTICATED"/);
  expect(text).toMatch(/The access token has expired: refresh it, and subscribe again/);

  using long = await trusting.subscribe(600);
  const prices = await trusting.router.prices();
  expect(trusting.router.started).toHaveLength(2);
  expect(prices).toBeDefined();
  expect(long).toBeDefined();
});
