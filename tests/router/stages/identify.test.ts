import { expect, test } from 'vitest';
import { issueServiceToken } from '../../../contract/service-token.ts';
import { createLog } from '../../../process/log.ts';
import type { Received } from '../../../router/exchange.ts';
import { createDeparture } from '../../../router/execution/departure.ts';
import { createJournal } from '../../../router/execution/journal.ts';
import { createAccessTokens } from '../../../router/identity/access-tokens.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { type Identifying, identify } from '../../../router/stages/identify.ts';
import { TEST_SECRET } from '../../kit/secret.ts';

const received = (headers: Record<string, string>): Received => ({
  http: {
    method: 'POST',
    headers,
    query: {},
    body: {},
    clientAddress: '192.0.2.1',
    departure: createDeparture(),
  },
  journal: createJournal(),
  request: { query: '{ a }', hash: null, operationName: null, variables: {} },
});

const claiming = (id: string) => received({ 'emporium-development-user': id });

const identifying = (developmentIdentity: boolean): Identifying => ({
  settings: { developmentIdentity, signingSecret: TEST_SECRET },
  accessTokens: createAccessTokens(readRouterSettings({}), createLog('test', 'silent')),
});
const development = identifying(true);

test('without a claim the viewer is a guest at the client’s address', async () => {
  const { caller, validUntil } = await identify(received({}), development);
  expect(caller).toEqual({ viewer: { kind: 'guest' }, clientAddress: '192.0.2.1' });
  expect(validUntil).toBeNull();
});

test('in development a header names the viewer', async () => {
  const { caller } = await identify(claiming('user_1'), development);
  expect(caller.viewer).toMatchObject({ kind: 'user', id: 'user_1' });
  await expect(identify(claiming('admin'), development)).rejects.toThrow(/not a user's id/);
});

test('elsewhere that header is refused, and production cannot be told to take it', async () => {
  await expect(identify(claiming('user_1'), identifying(false))).rejects.toThrow(
    /is for development/,
  );
  expect(() => readRouterSettings({ NODE_ENV: 'production', DEVELOPMENT_IDENTITY: 'on' })).toThrow(
    /DEVELOPMENT_IDENTITY/,
  );
  expect(readRouterSettings({}).developmentIdentity).toBe(false);
});

test('what a client writes into the router’s own headers is nobody', async () => {
  const forged = received({ 'emporium-caller': 'x', 'emporium-signature': 'y' });
  expect((await identify(forged, development)).caller.viewer).toEqual({ kind: 'guest' });
});

test('a service is known by its token, and can do what is agreed for it', async () => {
  const authorization = `Service ${issueServiceToken(TEST_SECRET, 'cart')}`;
  const { caller } = await identify(received({ authorization }), development);
  expect(caller.viewer).toMatchObject({ kind: 'service', name: 'cart' });
  expect(caller.viewer).toMatchObject({ scopes: expect.arrayContaining(['catalog:holds']) });
});

test('a forged token, and any where the router has no secret, are nobody’s', async () => {
  const forged = `Service ${issueServiceToken(`${TEST_SECRET}!`, 'cart')}`;
  const rejected = { code: 'UNAUTHENTICATED' };
  await expect(identify(received({ authorization: forged }), development)).rejects.toMatchObject(
    rejected,
  );
  const authorization = `Service ${issueServiceToken(TEST_SECRET, 'cart')}`;
  const settings = { developmentIdentity: true, signingSecret: null };
  await expect(
    identify(received({ authorization }), { ...development, settings }),
  ).rejects.toMatchObject(rejected);
});

test.each(['', 'Basic dXNlcjpwYXNz', 'Bearer', 'Bearer a b', 'nonsense'])(
  'authorization "%s" is refused rather than taken for a guest’s',
  async (authorization) => {
    await expect(identify(received({ authorization }), development)).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  },
);

test('two claims at once are refused', async () => {
  const headers = { authorization: 'Bearer x', 'emporium-development-user': 'user_1' };
  await expect(identify(received(headers), development)).rejects.toThrow(/not both/);
});
