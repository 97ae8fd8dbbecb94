import { createHash, randomBytes } from 'node:crypto';
import type { CartKey } from './carts.ts';

const MAX_TOKEN_LENGTH = 128;

/** A new guest cart's token: 256 bits that nobody can guess, as base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/**
 * What is kept of a token. A plain hash is enough where there is nothing to guess (a password would
 * need a slow one); and finding a row by it tells nothing about the token through the time it takes.
 */
export const hashOf = (token: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(createHash('sha256').update(token).digest());

/**
 * The cart that is meant: a given token's before the viewer's own. `nothing` stands for a token that
 * cannot be one, null for a guest without a token.
 */
export const keyOf = (
  token: string | null | undefined,
  viewerId: string | null,
): CartKey | 'nothing' | null => {
  if (token == null) return viewerId === null ? null : { kind: 'user', userId: viewerId };
  if (token === '' || token.length > MAX_TOKEN_LENGTH) return 'nothing';
  return { kind: 'guest', tokenHash: hashOf(token) };
};
