import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_LIFETIME_S } from '../../contract/access-token.ts';
import type { Account } from './accounts.ts';
import type { Keyring } from './keyring.ts';

export interface AccessToken {
  /** A JWT as contract/access-token.ts has it. */
  readonly accessToken: string;
  readonly expiresAt: Date;
}

/** Makes an access token for what the account may do now. */
export type IssueAccessToken = (account: Account, sessionId: string) => Promise<AccessToken>;

/** @param issuer where clients reach the router */
export const accessTokenIssuer =
  (keyring: Keyring, issuer: string): IssueAccessToken =>
  async ({ id, roles }, sessionId) => {
    const { key, now } = await keyring.signingKey();
    const issuedAt = Math.floor(now.getTime() / 1_000);
    const expires = issuedAt + ACCESS_TOKEN_LIFETIME_S;
    const accessToken = await new SignJWT({ scope: roles.join(' '), sid: sessionId })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.id, typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience(ACCESS_TOKEN_AUDIENCE)
      .setSubject(id)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expires)
      .setJti(randomUUID())
      .sign(key.privateKey);
    return { accessToken, expiresAt: new Date(expires * 1_000) };
  };
