import type { PrismaClient } from '../../generated/prisma/users/client.ts';
import { DELETED_NAME } from './accounts.ts';
import type { Attempts } from './attempts.ts';
import type { PasswordStore } from './password-actions.ts';
import type { ProvenAccount } from './proof.ts';
import { ACCOUNT, accountOf, type Transaction } from './store-rows.ts';

export type PasswordTables = Omit<PasswordStore, 'accountsById'>;

/** What a password opens, changes and removes. */
export const createPasswordStore = (prisma: PrismaClient): PasswordTables => ({
  // By the database's clock, and in one statement: of many at once each counts.
  countAttempt: async (key) => {
    const [row] = await prisma.$queryRaw<Attempts[]>`
      INSERT INTO password_attempts AS known (key, count, ends_at)
      VALUES (${key}, 1, now() + INTERVAL '1 minute')
      ON CONFLICT (key) DO UPDATE SET
        count = CASE WHEN known.ends_at > now() THEN known.count + 1 ELSE 1 END,
        ends_at = CASE WHEN known.ends_at > now() THEN known.ends_at ELSE excluded.ends_at END
      RETURNING count, ceil(extract(epoch FROM ends_at - now()))::int AS "secondsLeft"`;
    if (row === undefined) throw new Error('an upsert returns its row');
    return row;
  },

  findCredentials: async (email) => {
    const row = await prisma.user.findUnique({
      where: { email },
      select: { ...ACCOUNT, passwordHash: true },
    });
    if (row === null) return null;
    const { passwordHash, ...account } = row;
    // Only a deleted account has none, and that has no e-mail address either.
    return passwordHash === null ? null : { account: accountOf(account), passwordHash };
  },

  changePassword: (proven, passwordHash, keptSessionId) =>
    prisma.$transaction(async (tx) => {
      const userId = proven.account.id;
      const { count } = await tx.user.updateMany({
        where: asProven(proven),
        data: { passwordHash },
      });
      if (count === 0) return false;
      await tx.$executeRaw`
        DELETE FROM sessions WHERE user_id = ${userId} AND id IS DISTINCT FROM ${keptSessionId}`;
      return true;
    }),

  deleteAccount: (proven) => prisma.$transaction((tx) => deleteAccount(tx, proven)),
});

const asProven = ({ account, passwordHash }: ProvenAccount) => ({ id: account.id, passwordHash });

/** The row stays, because orders and items refer to it; it says nothing of the person any more. */
const deleteAccount = async (tx: Transaction, proven: ProvenAccount): Promise<boolean> => {
  const userId = proven.account.id;
  const deleted = await tx.$executeRaw`
    UPDATE users
    SET email = NULL, password_hash = NULL, display_name = ${DELETED_NAME}, roles = ARRAY['buyer'],
      handle = 'deleted-' || left(replace(gen_random_uuid()::text, '-', ''), 20),
      deleted_at = now()
    WHERE id = ${userId} AND password_hash = ${proven.passwordHash}`;
  if (deleted === 0) return false;
  await tx.address.deleteMany({ where: { userId } });
  await tx.preferences.deleteMany({ where: { userId } });
  await tx.session.deleteMany({ where: { userId } });
  await tx.sellerProfile.updateMany({ where: { userId }, data: { biography: '', location: '' } });
  await tx.outbox.create({ data: { topic: 'user.deleted', payload: { userId } } });
  return true;
};
