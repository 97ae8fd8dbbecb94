import { FINE } from '../kit/outcomes.ts';
import { checkLine } from '../kit/texts.ts';
import type { AccessToken } from './access-tokens.ts';
import type { Check } from './errors.ts';
import type { Bytes, RefreshToken } from './refresh-tokens.ts';

/** A place where someone is signed in. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly device: string | null;
  readonly startedAt: Date;
  /** When it was last refreshed. */
  readonly lastSeenAt: Date;
}

/** What a client shows and keeps of a session. */
export interface Credentials extends AccessToken {
  readonly refreshToken: string;
}

/** A session that begins. */
export interface NewSession {
  readonly id: string;
  readonly userId: string;
  readonly device: string | null;
  readonly token: RefreshToken;
}

export type SessionOwner = Pick<Session, 'id' | 'userId'>;

/** What the actions need of the table of sessions; its clock alone says what has expired. */
export interface SessionStore {
  /** False where `passwordHash` is not the account's any more: it was changed, or is gone. */
  readonly openSession: (session: NewSession, passwordHash: string) => Promise<boolean>;
  /** Replaces the token that counts; null where `presented` is not that one. */
  readonly rotateToken: (
    presented: RefreshToken,
    successor: RefreshToken,
    salt: Bytes,
  ) => Promise<SessionOwner | null>;
  /** The session whose token this was until a moment ago, and what made the one that counts of it. */
  readonly findJustRotated: (
    presented: RefreshToken,
  ) => Promise<(SessionOwner & { readonly salt: Bytes }) | null>;
  /** Ends the session that the token belongs or belonged to. */
  readonly endFamily: (
    token: RefreshToken,
  ) => Promise<(SessionOwner & { readonly wasLive: boolean }) | null>;
  readonly endSession: (userId: string, id: string) => Promise<boolean>;
  /** @returns the ids of those that it ended */
  readonly endSessions: (userId: string) => Promise<readonly string[]>;
}

/** What a client calls itself, as it is kept. */
export const tidyDevice = (device: string | null | undefined): string | null =>
  device?.trim() || null;

/** What is wrong with it. */
export const checkDevice = (device: string | null): Check =>
  device === null ? FINE : checkLine(device, [1, 80], ['input', 'device'], 'A device');
