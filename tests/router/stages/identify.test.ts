import { expect, test } from 'vitest';
import type { Received } from '../../../router/exchange.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { identify } from '../../../router/stages/identify.ts';

const received = (headers: Record<string, string>): Received => ({
  http: { method: 'POST', headers, query: {}, body: {}, clientAddress: '192.0.2.1' },
  request: { query: '{ a }', operationName: null, variables: {} },
});

const claiming = (id: string) => received({ 'emporium-development-user': id });
const development = { developmentIdentity: true };

test('without a claim the viewer is a guest at the client’s address', () => {
  const { caller } = identify(received({}), development);
  expect(caller).toEqual({ viewer: { kind: 'guest' }, clientAddress: '192.0.2.1' });
});

test('in development a header names the viewer', () => {
  const { caller } = identify(claiming('user_1'), development);
  expect(caller.viewer).toMatchObject({ kind: 'user', id: 'user_1' });
  expect(() => identify(claiming('admin'), development)).toThrow(/not a user's id/);
});

test('elsewhere that header is refused, and production cannot be told to take it', () => {
  expect(() => identify(claiming('user_1'), { developmentIdentity: false })).toThrow(
    /is for development/,
  );
  expect(() => readRouterSettings({ NODE_ENV: 'production', DEVELOPMENT_IDENTITY: 'on' })).toThrow(
    /DEVELOPMENT_IDENTITY/,
  );
  expect(readRouterSettings({}).developmentIdentity).toBe(false);
});

test('what a client writes into the router’s own headers is nobody', () => {
  const forged = received({ 'emporium-caller': 'x', 'emporium-signature': 'y' });
  expect(identify(forged, development).caller.viewer).toEqual({ kind: 'guest' });
});
