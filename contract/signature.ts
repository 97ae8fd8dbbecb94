import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { type Caller, callerText } from './viewer.ts';

/**
 * The router signs every GraphQL request that it sends, and a subgraph answers nothing else.
 *
 *   emporium-caller:    base64url(JSON { caller, audience, issuedAt })
 *   emporium-signature: hex(HMAC-SHA-256(secret, callerHeader + "." + body))
 *
 * The body keeps a caught header from serving another request, the audience keeps it from
 * serving another subgraph, the time limits how long it serves at all.
 *
 * A WebSocket (graphql-transport-ws) carries the same two, by the same names, in the payload of
 * `connection_init` and in the `extensions` of the payload of `subscribe`. There they vouch for
 * CONNECTION_INIT_TEXT, which lets the caller connect, and for the `operationText`, which is what
 * the caller may subscribe to.
 */
export const CALLER_HEADER = 'emporium-caller';
export const SIGNATURE_HEADER = 'emporium-signature';

/** What is signed of a `connection_init`, which has no content: nothing that a body could ever be. */
export const CONNECTION_INIT_TEXT = 'graphql-transport-ws connection_init';

/**
 * What is signed of a `subscribe`: its operation in one order, without the extensions that hold the
 * signature. JSON that was parsed gives the text again that it was parsed from.
 */
export const operationText = (operation: {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
}): string => {
  const { query, operationName, variables } = operation;
  return JSON.stringify({ query, operationName, variables });
};

/** How far the clocks of router and subgraph may be apart, and how old a request may be, in milliseconds. */
const SIGNATURE_LIFETIME_MS = 60_000;

interface Claims {
  readonly caller: Caller;
  readonly audience: string;
  readonly issuedAt: number;
}

export interface SignedHeaders {
  readonly [CALLER_HEADER]: string;
  readonly [SIGNATURE_HEADER]: string;
}

export type Refusal = 'missing' | 'forged' | 'expired' | 'wrong-audience';

export type Verdict =
  | { readonly accepted: true; readonly caller: Caller }
  | { readonly accepted: false; readonly refusal: Refusal };

const keys = new Map<string, KeyObject>();

/** A process has one secret, rarely two: it is made a key once. */
const keyOf = (secret: string): KeyObject => {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const key = createSecretKey(secret, 'utf8');
  keys.set(secret, key);
  return key;
};

/** Base64url has no dot, so the first one ends the claims, whatever the body begins with. */
const mac = (secret: string, claims: string, body: string | Uint8Array): Buffer =>
  createHmac('sha256', keyOf(secret)).update(`${claims}.`).update(body).digest();

/** The two headers that vouch for `body`, sent to the subgraph `audience` on behalf of `caller`. */
export const signRequest = (
  secret: string,
  audience: string,
  caller: Caller,
  body: string | Uint8Array,
  now: number = Date.now(),
): SignedHeaders => {
  // The text of Claims.
  const claims = `{"caller":${callerText(caller)},"audience":${JSON.stringify(audience)},"issuedAt":${now}}`;
  const encoded = Buffer.from(claims).toString('base64url');
  return {
    [CALLER_HEADER]: encoded,
    [SIGNATURE_HEADER]: mac(secret, encoded, body).toString('hex'),
  };
};

const refuse = (refusal: Refusal): Verdict => ({ accepted: false, refusal });

/** Whether the router sent `body` to `audience` within the last minute, and on whose behalf. */
export const verifyRequest = (
  secret: string,
  audience: string,
  headers: { readonly [name: string]: string | string[] | undefined },
  body: string | Uint8Array,
  now: number = Date.now(),
): Verdict => {
  const encoded = headers[CALLER_HEADER];
  const signature = headers[SIGNATURE_HEADER];
  if (typeof encoded !== 'string' || typeof signature !== 'string') return refuse('missing');

  const expected = mac(secret, encoded, body);
  const given = Buffer.from(signature, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    return refuse('forged');

  // Only the holder of the secret can have written these claims, so their shape is known.
  const claims = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Claims;
  if (claims.audience !== audience) return refuse('wrong-audience');
  if (Math.abs(now - claims.issuedAt) > SIGNATURE_LIFETIME_MS) return refuse('expired');
  return { accepted: true, caller: claims.caller };
};
