import type { Logger } from '../../process/log.ts';
import { isId, newId } from '../kit/ids.ts';
import { done, NOT_SIGNED_IN, problem, refused } from '../kit/outcomes.ts';
import type { IssueAccessToken } from './access-tokens.ts';
import type { Account, SignUp } from './accounts.ts';
import type { Outcome } from './errors.ts';
import {
  type ProofStore,
  type ProvenAccount,
  type Prover,
  proveByEmail,
  WRONG_BY_NOW,
} from './proof.ts';
import {
  newRefreshToken,
  newSalt,
  type RefreshToken,
  readRefreshToken,
  successorOf,
} from './refresh-tokens.ts';
import {
  type Credentials,
  checkDevice,
  type SessionOwner,
  type SessionStore,
  tidyDevice,
} from './sessions.ts';
import { type SignUpStore, signUp } from './sign-up.ts';

/** What these actions work with. */
export interface SessionTools extends Prover {
  readonly store: ProofStore & SessionStore & SignUpStore;
  readonly issueAccessToken: IssueAccessToken;
  readonly log: Logger;
}

export interface SignedIn {
  readonly user: Account;
  readonly credentials: Credentials;
}

interface WithDevice {
  readonly device?: string | null | undefined;
}

const SESSION_ENDED = problem(
  'SESSION_ENDED',
  ['input', 'refreshToken'],
  'The session has ended; log in again.',
);
const NO_SUCH_SESSION = problem('NOT_FOUND', ['id'], 'You have no session with this id.');

/** Makes an account for someone new, and signs them in. */
export const signUpAndIn = (
  tools: SessionTools,
  { device, ...input }: SignUp & WithDevice,
): Promise<Outcome<SignedIn>> => signIn(tools, device, () => signUp(tools.store, input));

/** Signs in whoever knows the password. */
export const logIn = (
  tools: SessionTools,
  input: WithDevice & { readonly email: string; readonly password: string },
): Promise<Outcome<SignedIn>> => signIn(tools, input.device, () => proveByEmail(tools, input));

const signIn = async (
  tools: SessionTools,
  asked: string | null | undefined,
  prove: () => Promise<Outcome<ProvenAccount>>,
): Promise<Outcome<SignedIn>> => {
  const device = tidyDevice(asked);
  const wrong = checkDevice(device);
  if (wrong.length > 0) return refused(wrong);
  const proven = await prove();
  if (!proven.done) return proven;

  const { account, passwordHash } = proven.result;
  const token = newRefreshToken();
  const session = { id: newId('session'), userId: account.id, device, token };
  const isOpen = await tools.store.openSession(session, passwordHash);
  return isOpen ? signedIn(tools, account, session.id, token) : refused(WRONG_BY_NOW);
};

const signedIn = async (
  { issueAccessToken }: SessionTools,
  user: Account,
  sessionId: string,
  { text }: RefreshToken,
): Promise<Outcome<SignedIn>> =>
  done({
    user,
    credentials: { ...(await issueAccessToken(user, sessionId)), refreshToken: text },
  });

/** Goes on with a session, by the roles that its user has now. */
export const refreshSession = async (
  tools: SessionTools,
  refreshToken: string,
): Promise<Outcome<SignedIn>> => {
  const presented = readRefreshToken(refreshToken);
  const continued = presented === null ? null : await continueSession(tools, presented);
  if (continued === null) return refused(SESSION_ENDED);
  const [account] = await tools.store.accountsById([continued.userId]);
  if (account === undefined) return refused(SESSION_ENDED);
  return signedIn(tools, account, continued.id, continued.successor);
};

/**
 * The token that counts is replaced. The one before it gives the same successor again for a moment:
 * its answer was lost, or two tabs asked at once. Any other was used long ago, so that two have it,
 * and nobody can tell which of them is the thief: the session ends.
 */
const continueSession = async (
  { store, log }: SessionTools,
  presented: RefreshToken,
): Promise<(SessionOwner & { readonly successor: RefreshToken }) | null> => {
  const salt = newSalt();
  const successor = successorOf(presented, salt);
  const rotated = await store.rotateToken(presented, successor, salt);
  if (rotated !== null) return { ...rotated, successor };
  const repeated = await store.findJustRotated(presented);
  if (repeated !== null) return { ...repeated, successor: successorOf(presented, repeated.salt) };

  const ended = await store.endFamily(presented);
  if (ended?.wasLive) {
    const { id, userId } = ended;
    log.warn({ sessionId: id, userId }, 'a refresh token was used twice; its session is ended');
  }
  return null;
};

/** Ends the session of a token, whoever asks: they could go on with it as well. */
export const logOut = async (
  { store }: SessionTools,
  refreshToken: string,
): Promise<Outcome<string>> => {
  const token = readRefreshToken(refreshToken);
  const ended = token === null ? null : await store.endFamily(token);
  return ended === null ? refused(SESSION_ENDED) : done(ended.id);
};

/** Ends all of the viewer's sessions. */
export const logOutEverywhere = async ({
  store,
  viewerId,
}: SessionTools): Promise<Outcome<readonly string[]>> =>
  viewerId === null ? refused(NOT_SIGNED_IN) : done(await store.endSessions(viewerId));

/** Ends one of the viewer's sessions. */
export const endSession = async (
  { store, viewerId }: SessionTools,
  id: string,
): Promise<Outcome<string>> => {
  if (viewerId === null) return refused(NOT_SIGNED_IN);
  const ended = isId('session', id) && (await store.endSession(viewerId, id));
  return ended ? done(id) : refused(NO_SUCH_SESSION);
};
