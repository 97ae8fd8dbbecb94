import type { Prisma } from '../../generated/prisma/users/client.ts';
import type { Account } from './accounts.ts';

export type Transaction = Prisma.TransactionClient;

/** The columns of an account. */
export const ACCOUNT = {
  id: true,
  email: true,
  handle: true,
  displayName: true,
  memberSince: true,
  roles: true,
} satisfies Prisma.UserSelect;

type AccountRow = Prisma.UserGetPayload<{ select: typeof ACCOUNT }>;

// The table's check constraint allows no other role.
export const accountOf = (row: AccountRow): Account => ({
  ...row,
  roles: row.roles as Account['roles'],
});
