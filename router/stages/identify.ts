import {
  SERVICE_SCHEME,
  SERVICE_SCOPES,
  verifyServiceToken,
} from '../../contract/service-token.ts';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import type { Identified, Received } from '../exchange.ts';
import type { AccessTokens } from '../identity/access-tokens.ts';
import { refusal } from '../refusal.ts';

/** Names the viewer in development: a user's id, such as `user_1`. */
const DEVELOPMENT_IDENTITY_HEADER = 'emporium-development-user';

/** What the stage needs of the router. */
export interface Identifying {
  readonly settings: {
    readonly developmentIdentity: boolean;
    /** The key of services' tokens. */
    readonly signingSecret: string | null;
  };
  readonly accessTokens: AccessTokens;
}

/**
 * Finds out who asks: by an access token (`authorization: Bearer`), by a service's token
 * (`authorization: Service`), in development by a header; else a guest.
 *
 * @throws Refusal where the request claims to be someone in a way that is not valid here.
 */
export const identify = async (received: Received, router: Identifying): Promise<Identified> => {
  const { headers, clientAddress } = received.http;
  const { authorization } = headers;
  const claimed = headers[DEVELOPMENT_IDENTITY_HEADER];
  if (authorization !== undefined && claimed !== undefined) {
    throw refusal(
      'UNAUTHENTICATED',
      `Send authorization or ${DEVELOPMENT_IDENTITY_HEADER}, not both.`,
    );
  }
  const { viewer, validUntil } =
    authorization === undefined
      ? unbounded(claimed === undefined ? GUEST : developmentViewer(claimed, router.settings))
      : await authorized(authorization, router);
  return { ...received, caller: { viewer, clientAddress }, validUntil };
};

/** For how long someone is known to be who they are. */
type Known = Pick<Identified, 'validUntil'> & { readonly viewer: Viewer };

const unbounded = (viewer: Viewer): Known => ({ viewer, validUntil: null });

const authorized = (
  authorization: string | string[],
  { settings, accessTokens }: Identifying,
): Promise<Known> | Known => {
  const [, scheme = '', token = ''] = /^(\S+) +(\S+)$/.exec(String(authorization)) ?? [];
  if (scheme.toLowerCase() === 'bearer') return accessTokens.verify(token);
  if (scheme === SERVICE_SCHEME) return unbounded(serviceViewer(token, settings.signingSecret));
  throw refusal('UNAUTHENTICATED', 'Send the access token as `authorization: Bearer <token>`.');
};

const serviceViewer = (token: string, secret: string | null): Viewer => {
  const name = secret === null ? null : verifyServiceToken(secret, token);
  if (name !== null) return { kind: 'service', name, scopes: SERVICE_SCOPES[name] };
  throw refusal('UNAUTHENTICATED', 'The service’s token is forged or too old.');
};

const developmentViewer = (
  claimed: string | string[],
  settings: { readonly developmentIdentity: boolean },
): Viewer => {
  // To ignore the header would answer as a guest what was asked as somebody.
  if (!settings.developmentIdentity) {
    throw refusal(
      'UNAUTHENTICATED',
      `The header ${DEVELOPMENT_IDENTITY_HEADER} is for development; here it is not taken.`,
    );
  }
  if (typeof claimed === 'string' && /^user_[0-9a-z]{1,59}$/.test(claimed)) {
    return { kind: 'user', id: claimed, scopes: ['buyer', 'seller'], sessionId: null };
  }
  throw refusal(
    'UNAUTHENTICATED',
    `${DEVELOPMENT_IDENTITY_HEADER} is not a user's id, such as user_1.`,
  );
};
