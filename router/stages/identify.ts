import { GUEST, type Viewer } from '../../contract/viewer.ts';
import type { Identified, Received } from '../exchange.ts';
import { refusal } from '../refusal.ts';

/** Names the viewer in development: a user's id, such as `user_1`. */
const DEVELOPMENT_IDENTITY_HEADER = 'emporium-development-user';

/**
 * Finds out who asks.
 *
 * @throws Refusal where the request claims to be someone in a way that is not valid here.
 */
export const identify = (
  received: Received,
  settings: { readonly developmentIdentity: boolean },
): Identified => {
  const claimed = received.http.headers[DEVELOPMENT_IDENTITY_HEADER];
  const viewer = claimed === undefined ? GUEST : developmentViewer(claimed, settings);
  return { ...received, caller: { viewer, clientAddress: received.http.clientAddress } };
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
