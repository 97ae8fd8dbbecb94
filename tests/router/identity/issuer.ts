import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { withCleanup } from '../../kit/cleanup.ts';

export const ISSUER = 'https://shop.test';

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export const newKey = async (kid: string, alg = 'EdDSA'): Promise<SigningKey> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
};

const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

/** A token as the market's users get it; `claims` and `header` change it. */
export const issue = (key: SigningKey, claims: JWTPayload = {}, header: object = {}) =>
  new SignJWT({
    iss: ISSUER,
    aud: 'emporium',
    sub: 'user_7',
    sid: 'session_1',
    scope: 'buyer seller',
    iat: secondsFromNow(0),
    exp: secondsFromNow(600),
    ...claims,
  })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt', ...header })
    .sign(key.privateKey);

export { secondsFromNow };

/** Serves a key set, and counts how often it was asked for. */
export const startKeySet = (first: readonly SigningKey[]) =>
  withCleanup(async ({ defer }) => {
    let keys = first;
    let isDown = false;
    let asked = 0;
    const server = createServer((_request, response) => {
      asked += 1;
      if (isDown) return void response.writeHead(503).end('down');
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    defer(async () => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}/keys.json`,
      asked: () => asked,
      publish: (next: readonly SigningKey[]) => {
        keys = next;
      },
      goDown: () => {
        isDown = true;
      },
      comeBack: () => {
        isDown = false;
      },
    };
  });
