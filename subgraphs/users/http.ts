import type { FastifyInstance } from 'fastify';
import { KEY_SET_PATH } from '../../contract/access-token.ts';
import type { Keyring } from './keyring.ts';

/** The public keys of access tokens: `GET /.well-known/jwks.json` (RFC 7517). */
export const serveKeySet = (server: FastifyInstance, { keySet }: Keyring): void => {
  server.get(KEY_SET_PATH, async (_request, reply) =>
    reply
      .type('application/jwk-set+json')
      // Shorter than a key is published before it signs (signing-keys.ts).
      .header('cache-control', 'public, max-age=300')
      .send(JSON.stringify(await keySet())),
  );
};
