import {
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

/** The services of the market, and what each may do beyond what everyone may. */
export const SERVICE_SCOPES = {
  users: ['cart:facts'],
  catalog: ['recommendations:facts', 'media:facts'],
  cart: ['catalog:holds', 'users:addresses', 'recommendations:facts'],
  media: ['recommendations:facts'],
  recommendations: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type ServiceName = keyof typeof SERVICE_SCOPES;

export const isServiceName = (name: string): name is ServiceName =>
  Object.hasOwn(SERVICE_SCOPES, name);

/** The scheme of the `authorization` header that carries a service's token. */
export const SERVICE_SCHEME = 'Service';

/** How long a token is good, in milliseconds; a service makes one for every request. */
const LIFETIME_MS = 60_000;

interface Claims {
  readonly service: ServiceName;
  readonly issuedAt: number;
}

const keys = new Map<string, KeyObject>();

/** Of its own (HKDF, RFC 5869), so that no signature of another kind can pass for a token. */
const keyOf = (secret: string): KeyObject => {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const key = createSecretKey(
    Buffer.from(hkdfSync('sha256', secret, '', 'emporium service token', 32)),
  );
  keys.set(secret, key);
  return key;
};

const mac = (secret: string, claims: string): Buffer =>
  createHmac('sha256', keyOf(secret)).update(claims).digest();

/**
 * A token by which a service asks the router in its own name:
 *
 *   authorization: Service base64url(JSON { service, issuedAt }).base64url(HMAC-SHA-256)
 */
export const issueServiceToken = (
  secret: string,
  service: ServiceName,
  now: number = Date.now(),
): string => {
  const claims: Claims = { service, issuedAt: now };
  const encoded = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${encoded}.${mac(secret, encoded).toString('base64url')}`;
};

/** The service that a token is of; null where it is forged or older than a minute. */
export const verifyServiceToken = (
  secret: string,
  token: string,
  now: number = Date.now(),
): ServiceName | null => {
  const [encoded = '', signature = '', ...more] = token.split('.');
  const expected = mac(secret, encoded);
  const given = Buffer.from(signature, 'base64url');
  if (more.length > 0 || given.length !== expected.length) return null;
  if (!timingSafeEqual(given, expected)) return null;

  // Only a holder of the secret can have written these claims, so their shape is known.
  const { service, issuedAt } = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as Claims;
  if (Math.abs(now - issuedAt) > LIFETIME_MS || !isServiceName(service)) return null;
  return service;
};
