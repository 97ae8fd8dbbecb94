import { hkdfSync } from 'node:crypto';
import {
  CompactEncrypt,
  type CryptoKey,
  calculateJwkThumbprint,
  compactDecrypt,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
} from 'jose';
import type { Logger } from '../../process/log.ts';
import { isPublished, type KeyTimes, nextKeySignsFrom, signingKeyAt } from './signing-keys.ts';

/** An Ed25519 key as it is stored. */
export interface StoredKey extends KeyTimes {
  /** The `kid`: its thumbprint (RFC 7638). */
  readonly id: string;
  /** The `x` of its JWK (RFC 8037). */
  readonly publicKey: string;
  /** The `d`, encrypted (JWE). */
  readonly sealedKey: string;
}

/** All keys, and what time it is by the clock that their times are of. */
export interface KnownKeys {
  readonly keys: readonly StoredKey[];
  readonly now: Date;
}

export interface KeyChange {
  readonly added: StoredKey;
  /** Ids of those that nobody needs any more. */
  readonly removed: readonly string[];
}

export interface KeyStore {
  readonly readKeys: () => Promise<KnownKeys>;
  /** Changes what `decide` says, which nobody else does meanwhile; null changes nothing. */
  readonly changeKeys: (
    decide: (known: KnownKeys) => Promise<KeyChange | null>,
  ) => Promise<KnownKeys>;
}

export interface SigningKey extends KeyTimes {
  readonly id: string;
  readonly privateKey: CryptoKey;
}

/** The keys of access tokens, which all processes of this service share through the database. */
export interface Keyring {
  /** What signs now, and what time it is. */
  readonly signingKey: () => Promise<{ readonly key: SigningKey; readonly now: Date }>;
  /** What verifies tokens (RFC 7517). */
  readonly keySet: () => Promise<JSONWebKeySet>;
}

const ALGORITHM = 'EdDSA';
const SEAL = { alg: 'dir', enc: 'A256GCM' };

/** @param secret seals the private keys; those that another one sealed are published and sign no more */
export const createKeyring = (store: KeyStore, secret: string, log: Logger): Keyring => {
  // Of its own (HKDF, RFC 5869): the secret signs requests too.
  const sealingKey = new Uint8Array(hkdfSync('sha256', secret, '', 'emporium signing keys', 32));
  const opened = new Map<string, Promise<CryptoKey | null>>();

  const open = ({ id, publicKey, sealedKey }: StoredKey): Promise<CryptoKey | null> => {
    const known = opened.get(id);
    if (known !== undefined) return known;
    const opening = openKey(publicKey, sealedKey, sealingKey).catch((error: unknown) => {
      log.warn(
        { err: error, kid: id },
        'a signing key cannot be opened: was SIGNING_SECRET changed?',
      );
      return null;
    });
    opened.set(id, opening);
    return opening;
  };

  const openAll = async (keys: readonly StoredKey[]): Promise<readonly SigningKey[]> => {
    const all = await Promise.all(
      keys.map(async (key) => ({ ...key, privateKey: await open(key) })),
    );
    return all.flatMap(({ privateKey, ...key }) =>
      privateKey === null ? [] : [{ ...key, privateKey }],
    );
  };

  const decide = async ({ keys, now }: KnownKeys): Promise<KeyChange | null> => {
    const signsFrom = nextKeySignsFrom(await openAll(keys), now);
    if (signsFrom === null) return null;
    const removed = keys.filter((key) => !isPublished(key, now)).map(({ id }) => id);
    return { added: await makeKey(signsFrom, sealingKey), removed };
  };

  /** The keys, with a new one where it is time for one. */
  const readKeys = async (): Promise<KnownKeys> => {
    const known = await store.readKeys();
    const isEnough = nextKeySignsFrom(await openAll(known.keys), known.now) === null;
    return isEnough ? known : store.changeKeys(decide);
  };

  return {
    signingKey: async () => {
      const { keys, now } = await readKeys();
      const key = signingKeyAt(await openAll(keys), now);
      if (key === null) throw new Error('a key that signs at once was made, and none signs');
      return { key, now };
    },
    keySet: async () => {
      const { keys, now } = await readKeys();
      const published = keys.filter((key) => isPublished(key, now));
      return {
        keys: published.map(({ id, publicKey }) => ({
          ...jwkOf(publicKey),
          kid: id,
          alg: ALGORITHM,
          use: 'sig',
        })),
      };
    },
  };
};

const jwkOf = (publicKey: string) => ({ kty: 'OKP', crv: 'Ed25519', x: publicKey });

const makeKey = async (signsFrom: Date, sealingKey: Uint8Array): Promise<StoredKey> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const { x, d } = await exportJWK(privateKey);
  if (x === undefined || d === undefined) throw new Error('an Ed25519 key has both');
  return {
    id: await calculateJwkThumbprint(jwkOf(x)),
    publicKey: x,
    sealedKey: await new CompactEncrypt(Buffer.from(d))
      .setProtectedHeader(SEAL)
      .encrypt(sealingKey),
    signsFrom,
  };
};

/** @throws where another secret sealed it */
const openKey = async (
  publicKey: string,
  sealedKey: string,
  sealingKey: Uint8Array,
): Promise<CryptoKey> => {
  const { plaintext } = await compactDecrypt(sealedKey, sealingKey);
  const jwk = { ...jwkOf(publicKey), d: Buffer.from(plaintext).toString() };
  const key = await importJWK(jwk, ALGORITHM);
  if (key instanceof Uint8Array) throw new Error('only symmetric keys are imported as bytes');
  return key;
};
