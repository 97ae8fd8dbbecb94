import { createHash, createHmac, randomBytes } from 'node:crypto';

/**
 * A refresh token is 64 random bytes: 32 that all tokens of a session share, and 32 of its own. By
 * the first the session is found and by the second is seen whether it is the last one given out, so
 * that any earlier one is known for what it is without a record of each.
 */
export interface RefreshToken {
  /** What the client keeps; never stored. */
  readonly text: string;
  /** SHA-256; a plain hash is enough where there is nothing to guess. */
  readonly familyHash: Bytes;
  readonly tokenHash: Bytes;
}

export type Bytes = Uint8Array<ArrayBuffer>;

const HALF = 32;
const TEXT = /^[\w-]{86}$/;

const hashOf = (bytes: Uint8Array): Bytes =>
  new Uint8Array(createHash('sha256').update(bytes).digest());

const tokenOf = (bytes: Buffer): RefreshToken => ({
  text: bytes.toString('base64url'),
  familyHash: hashOf(bytes.subarray(0, HALF)),
  tokenHash: hashOf(bytes),
});

/** The first token of a new session. */
export const newRefreshToken = (): RefreshToken => tokenOf(randomBytes(2 * HALF));

/** What a client sent; null where it cannot be a token. */
export const readRefreshToken = (text: string): RefreshToken | null =>
  TEXT.test(text) ? tokenOf(Buffer.from(text, 'base64url')) : null;

/** What makes a token's successor of it; stored, so that it can be made again. */
export const newSalt = (): Bytes => new Uint8Array(randomBytes(HALF));

/**
 * The token that replaces this one. It follows from the token and the salt, so that a client that
 * lost the answer, or asked twenty times at once, gets the same one again; and neither who has the
 * token without the database nor who has the database without the token can make it.
 */
export const successorOf = ({ text }: RefreshToken, salt: Bytes): RefreshToken => {
  const bytes = Buffer.from(text, 'base64url');
  const own = createHmac('sha256', bytes).update(salt).digest();
  return tokenOf(Buffer.concat([bytes.subarray(0, HALF), own]));
};
