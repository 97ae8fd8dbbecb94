import { Prisma, type PrismaClient } from '../../generated/prisma/users/client.ts';
import type { Bytes } from './refresh-tokens.ts';
import type { Session, SessionOwner, SessionStore } from './sessions.ts';

/** Who has more ends the one that was used longest ago. */
const MAX_SESSIONS = 50;

export interface SessionTable extends SessionStore {
  /** Those that go on, the last used first. */
  readonly sessions: (userIds: readonly string[]) => Promise<readonly Session[]>;
  /** Removes what has expired: nobody reads it, and it would be there for ever. */
  readonly forgetExpired: () => Promise<void>;
}

/** From the last use, and from the beginning. */
const IDLE = Prisma.sql`INTERVAL '30 days'`;
const WHOLE = Prisma.sql`INTERVAL '180 days'`;

/** How long the token before is answered with the same successor. */
const REPEAT = Prisma.sql`INTERVAL '10 seconds'`;

/** Sessions; every time is the database's, so that all processes agree on what has expired. */
export const createSessionStore = (prisma: PrismaClient): SessionTable => ({
  sessions: (userIds) => prisma.$queryRaw<Session[]>`
    SELECT id, user_id AS "userId", device, started_at AS "startedAt", last_seen_at AS "lastSeenAt"
    FROM sessions WHERE user_id = ANY(${userIds}) AND expires_at > now()
    ORDER BY last_seen_at DESC, id COLLATE "C" DESC`,

  openSession: async ({ id, userId, device, token }, passwordHash) => {
    // The lock waits for a change of the password or the end of the account, and then sees it.
    const opened = await prisma.$executeRaw`
      INSERT INTO sessions (id, user_id, device, family_hash, token_hash, expires_at)
      SELECT ${id}, users.id, ${device}, ${token.familyHash}, ${token.tokenHash}, now() + ${IDLE}
      FROM users WHERE users.id = ${userId} AND password_hash = ${passwordHash} FOR SHARE`;
    if (opened === 0) return false;
    await prisma.$executeRaw`
      DELETE FROM sessions WHERE id IN (
        SELECT id FROM sessions WHERE user_id = ${userId}
        ORDER BY last_seen_at DESC, id COLLATE "C" DESC OFFSET ${MAX_SESSIONS}
      )`;
    return true;
  },

  rotateToken: async (presented, successor, salt) =>
    first(
      await prisma.$queryRaw<SessionOwner[]>`
        UPDATE sessions
        SET token_hash = ${successor.tokenHash}, previous_token_hash = token_hash, salt = ${salt},
          last_seen_at = now(), expires_at = LEAST(now() + ${IDLE}, started_at + ${WHOLE})
        WHERE family_hash = ${presented.familyHash} AND token_hash = ${presented.tokenHash}
          AND expires_at > now()
        RETURNING id, user_id AS "userId"`,
    ),

  findJustRotated: async (presented) =>
    first(
      await prisma.$queryRaw<(SessionOwner & { readonly salt: Bytes })[]>`
        SELECT id, user_id AS "userId", salt FROM sessions
        WHERE family_hash = ${presented.familyHash}
          AND previous_token_hash = ${presented.tokenHash}
          AND last_seen_at > now() - ${REPEAT} AND expires_at > now()`,
    ),

  endFamily: async (token) =>
    first(
      await prisma.$queryRaw<(SessionOwner & { readonly wasLive: boolean })[]>`
        DELETE FROM sessions WHERE family_hash = ${token.familyHash}
        RETURNING id, user_id AS "userId", expires_at > now() AS "wasLive"`,
    ),

  endSession: async (userId, id) => {
    const { count } = await prisma.session.deleteMany({ where: { id, userId } });
    return count > 0;
  },

  endSessions: async (userId) => {
    const ended = await prisma.$queryRaw<Pick<Session, 'id'>[]>`
      DELETE FROM sessions WHERE user_id = ${userId} RETURNING id`;
    return ended.map(({ id }) => id);
  },

  forgetExpired: async () => {
    await prisma.$executeRaw`DELETE FROM sessions WHERE expires_at < now()`;
    await prisma.$executeRaw`DELETE FROM password_attempts WHERE ends_at < now()`;
  },
});

const first = <Row>([row]: readonly Row[]): Row | null => row ?? null;
