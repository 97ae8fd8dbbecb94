import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  type FetchImplementation,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { fetch as fetchByUndici } from 'undici';
import type { Viewer } from '../../contract/viewer.ts';
import type { Logger } from '../../process/log.ts';
import { refusal } from '../refusal.ts';

/** Whose tokens are taken, and how they are read (RFC 8725). */
export interface TokenSettings {
  /** By issuer (`iss`): the URL of its key set (RFC 7517). */
  readonly identityProviders: Readonly<Record<string, string>>;
  /** What tokens have to be meant for (`aud`). */
  readonly tokenAudience: string;
  /** Signatures of other kinds are no signatures; never `none`, nor one by a shared secret. */
  readonly tokenAlgorithms: readonly string[];
  /** How far the clocks of an issuer and of this machine may be apart, in seconds. */
  readonly tokenClockToleranceS: number;
}

/** Tells who a token was given to. */
export interface AccessTokens {
  /** @throws Refusal where it is not valid, or cannot be checked */
  readonly verify: (token: string) => Promise<VerifiedToken>;
}

export interface VerifiedToken {
  readonly viewer: Viewer;
  /** When it ends, in milliseconds since 1970. */
  readonly validUntil: number;
}

/** A key set is fetched again so often, beside the requests; what it does not list any more is gone. */
const REFRESH_MS = 300_000;

/** A token that was found right is so for a minute, without a look at its signature. */
const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** Longer than any token of use; what is longer costs only time. */
const MAX_TOKEN_LENGTH = 8_192;

interface Remembered {
  readonly verified: VerifiedToken;
  readonly until: number;
}

export const createAccessTokens = (settings: TokenSettings, log: Logger): AccessTokens => {
  const { tokenAudience, tokenAlgorithms, tokenClockToleranceS } = settings;
  const keySets = new Map(
    Object.entries(settings.identityProviders).map(
      ([issuer, url]) => [issuer, openKeySet(url, log)] as const,
    ),
  );
  const remembered = new LRUCache<string, Remembered>({ max: MAX_REMEMBERED });

  const check = async (token: string): Promise<JWTPayload> => {
    const issuer = issuerOf(token);
    const keys = keySets.get(issuer);
    if (keys === undefined) throw invalid('its issuer is not one that is trusted here');
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: tokenAudience,
      algorithms: [...tokenAlgorithms],
      clockTolerance: tokenClockToleranceS,
      requiredClaims: ['sub', 'exp'],
    }).catch((error: unknown) => {
      throw explained(error);
    });
    return payload;
  };

  return {
    verify: async (token) => {
      const now = Date.now();
      const known = remembered.get(token);
      if (known !== undefined && known.until > now) return known.verified;
      if (token.length > MAX_TOKEN_LENGTH) throw invalid('it is too long');
      const payload = await check(token);
      const verified = { viewer: viewerOf(payload), validUntil: (payload.exp ?? 0) * 1_000 };
      const until = Math.min(verified.validUntil, now + REMEMBERED_MS);
      remembered.set(token, { verified, until });
      return verified;
    },
  };
};

/** Thrown where a key set could not be fetched. */
class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

/** Undici's, as everywhere else: Node bundles an older one. */
const fetchKeys: FetchImplementation = async (url, options) => {
  const { status, body } = await fetchByUndici(url, {
    ...options,
    headers: Object.fromEntries(options.headers),
  });
  const text = body === null ? '' : await new Response(body as ReadableStream).text();
  return new Response(text, { status });
};

/**
 * The keys of an issuer: fetched when the first token of theirs is seen and when one is signed by a
 * key that is not among them; and again now and then. While their URL does not answer, those that are
 * known stay good, so that an outage there signs nobody out.
 */
const openKeySet = (url: string, log: Logger): JWTVerifyGetKey => {
  const keys = createRemoteJWKSet(new URL(url), {
    [customFetch]: fetchKeys,
    cacheMaxAge: Number.POSITIVE_INFINITY,
  });
  let fetchedAt = Date.now();

  const refresh = (): void => {
    const now = Date.now();
    if (now - fetchedAt < REFRESH_MS || keys.jwks() === undefined) return;
    fetchedAt = now;
    keys.reload().catch((error: unknown) => {
      log.warn({ err: error, url }, 'keys of tokens could not be fetched; those known are used');
    });
  };

  return async (header, token) => {
    refresh();
    try {
      return await keys(header, token);
    } catch (error) {
      if (isAboutTheToken(error)) throw error;
      log.error({ err: error, url }, 'keys of tokens could not be fetched');
      throw new KeysUnavailable();
    }
  };
};

const isAboutTheToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;

const issuerOf = (token: string): string => {
  try {
    return decodeJwt(token).iss ?? '';
  } catch {
    throw invalid('it is not a JWT');
  }
};

const viewerOf = ({ sub = '', sid, scope }: JWTPayload): Viewer => ({
  kind: 'user',
  id: sub,
  scopes: typeof scope === 'string' ? scope.split(' ').filter((each) => each !== '') : [],
  sessionId: typeof sid === 'string' ? sid : null,
});

const explained = (error: unknown): Error => {
  if (error instanceof KeysUnavailable) return refusal('IDENTITY_UNAVAILABLE');
  if (error instanceof errors.JWTExpired) return invalid('it has expired');
  if (error instanceof errors.JWTClaimValidationFailed)
    return invalid(`its ${error.claim} is not as it has to be`);
  if (error instanceof errors.JOSEError) return invalid('it is not signed as it has to be');
  return error instanceof Error ? error : new Error(String(error));
};

const invalid = (reason: string) =>
  refusal(
    'UNAUTHENTICATED',
    `The access token is not valid: ${reason}. Refresh it, or log in again.`,
  );
