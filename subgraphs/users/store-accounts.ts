import type { Prisma, PrismaClient } from '../../generated/prisma/users/client.ts';
import type { Account, ProfileChange, SellerProfile } from './accounts.ts';
import type { UsersStore } from './actions.ts';
import type { Address } from './addresses.ts';
import { DEFAULT_PREFERENCES, type Preferences, type PreferencesChange } from './preferences.ts';
import type { SignUpStore, Taken } from './sign-up.ts';
import { ACCOUNT, accountOf, type Transaction } from './store-rows.ts';

/** What loaders read, many keys a statement. */
export interface AccountReader {
  readonly accountsById: (ids: readonly string[]) => Promise<readonly Account[]>;
  /** Without deleted ones, whose handles nobody chose. */
  readonly accountsByHandle: (handles: readonly string[]) => Promise<readonly Account[]>;
  readonly sellerProfiles: (userIds: readonly string[]) => Promise<readonly SellerProfile[]>;
  readonly addresses: (userIds: readonly string[]) => Promise<readonly Address[]>;
  readonly preferences: (userIds: readonly string[]) => Promise<readonly OwnPreferences[]>;
}

export type OwnPreferences = Preferences & { readonly userId: string };

export type AccountStore = UsersStore & SignUpStore & AccountReader;

const addressOf = ({ createdAt, ...row }: Prisma.AddressGetPayload<object>): Address => row;

/** Accounts, and what people say of themselves. */
export const createAccountStore = (prisma: PrismaClient): AccountStore => {
  /** Runs what may meet a unique index, and tells which one it met. */
  const unlessTaken = async <Result>(
    email: string | undefined,
    change: () => Promise<Result>,
  ): Promise<Result | Taken> => {
    try {
      return await change();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      if (email === undefined) return 'handle';
      return (await prisma.user.count({ where: { email } })) > 0 ? 'email' : 'handle';
    }
  };

  return {
    accountsById: async (ids) =>
      (await prisma.user.findMany({ where: { id: { in: [...ids] } }, select: ACCOUNT })).map(
        accountOf,
      ),

    accountsByHandle: async (handles) =>
      (
        await prisma.user.findMany({
          where: { handle: { in: [...handles] }, deletedAt: null },
          select: ACCOUNT,
        })
      ).map(accountOf),

    sellerProfiles: (userIds) =>
      prisma.sellerProfile.findMany({ where: { userId: { in: [...userIds] } } }),

    addresses: async (userIds) =>
      (
        await prisma.address.findMany({
          where: { userId: { in: [...userIds] } },
          orderBy: [{ isDefault: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }],
        })
      ).map(addressOf),

    preferences: (userIds) =>
      prisma.preferences.findMany({ where: { userId: { in: [...userIds] } } }),

    createAccount: (account) =>
      unlessTaken(account.email, async () =>
        accountOf(await prisma.user.create({ data: account, select: ACCOUNT })),
      ),

    changeProfile: (id, change) =>
      unlessTaken(undefined, () => prisma.$transaction((tx) => changeProfile(tx, id, change))),

    changePreferences: (userId, change) =>
      prisma.$transaction((tx) => changePreferences(tx, userId, change)),

    addAddress: (address, limit) =>
      prisma.$transaction(async (tx) => {
        if (!(await lockAccount(tx, address.userId))) return null;
        const count = await tx.address.count({ where: { userId: address.userId } });
        if (count >= limit) return 'too-many';
        const isDefault = address.isDefault || count === 0;
        if (isDefault) await clearDefault(tx, address.userId);
        return addressOf(await tx.address.create({ data: { ...writable(address), isDefault } }));
      }),

    replaceAddress: (address) =>
      prisma.$transaction(async (tx) => {
        const { id, userId } = address;
        if (!(await lockAccount(tx, userId))) return null;
        const before = await tx.address.findUnique({ where: { id, userId } });
        if (before === null) return null;
        // The default stays one until another address takes its place.
        const isDefault = address.isDefault || before.isDefault;
        if (isDefault) await clearDefault(tx, userId);
        return addressOf(
          await tx.address.update({ where: { id }, data: { ...writable(address), isDefault } }),
        );
      }),

    removeAddress: (userId, id) =>
      prisma.$transaction(async (tx) => {
        if (!(await lockAccount(tx, userId))) return false;
        const { count } = await tx.address.deleteMany({ where: { id, userId } });
        if (count === 0) return false;
        await makeOldestDefault(tx, userId);
        return true;
      }),
  };
};

/**
 * Whoever changes what belongs to an account holds its row, so that the count of addresses and the one
 * default are decided by one writer at a time, and nothing is written to a deleted account. False where there is no such account.
 */
const lockAccount = async (tx: Transaction, id: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM users WHERE id = ${id} AND deleted_at IS NULL FOR UPDATE`;
  return rows.length > 0;
};

const clearDefault = (tx: Transaction, userId: string): Promise<unknown> =>
  tx.address.updateMany({ where: { userId, isDefault: true }, data: { isDefault: false } });

const makeOldestDefault = (tx: Transaction, userId: string): Promise<unknown> =>
  tx.$executeRaw`
    UPDATE addresses SET is_default = TRUE
    WHERE id = (SELECT id FROM addresses WHERE user_id = ${userId} ORDER BY created_at, id LIMIT 1)
      AND NOT EXISTS (SELECT FROM addresses WHERE user_id = ${userId} AND is_default)`;

const changeProfile = async (
  tx: Transaction,
  id: string,
  { displayName, handle, sellerProfile }: ProfileChange,
): Promise<Account | null> => {
  if (!(await lockAccount(tx, id))) return null;
  if (sellerProfile !== undefined) {
    await tx.sellerProfile.upsert({
      where: { userId: id },
      create: { userId: id, ...sellerProfile },
      update: sellerProfile,
    });
    await tx.$executeRaw`
      UPDATE users SET roles = array_append(roles, 'seller')
      WHERE id = ${id} AND NOT roles @> ARRAY['seller']`;
  }
  const data = {
    ...(displayName !== undefined && { displayName }),
    ...(handle !== undefined && { handle }),
  };
  return accountOf(await tx.user.update({ where: { id }, data, select: ACCOUNT }));
};

const changePreferences = async (
  tx: Transaction,
  userId: string,
  change: PreferencesChange,
): Promise<Preferences | null> => {
  if (!(await lockAccount(tx, userId))) return null;
  const chosen = {
    ...(change.language !== undefined && { language: change.language }),
    ...(change.currency !== undefined && { currency: change.currency }),
    ...(change.wantsOrderEmails !== undefined && { wantsOrderEmails: change.wantsOrderEmails }),
    ...(change.wantsNewsEmails !== undefined && { wantsNewsEmails: change.wantsNewsEmails }),
  };
  return tx.preferences.upsert({
    where: { userId },
    create: { userId, ...DEFAULT_PREFERENCES, ...chosen },
    update: chosen,
  });
};

const writable = (address: Address) => ({ ...address, lines: [...address.lines] });

const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'P2002';
