import { PrismaClient } from '../../generated/prisma/users/client.ts';
import type { Database } from '../kit/database.ts';
import type { KeyStore } from './keyring.ts';
import { type AccountStore, createAccountStore } from './store-accounts.ts';
import { createKeyStore } from './store-keys.ts';
import { createPasswordStore, type PasswordTables } from './store-passwords.ts';
import { createSessionStore, type SessionTable } from './store-sessions.ts';

export type Store = AccountStore & PasswordTables & SessionTable & KeyStore;

/** The users' tables, in the words of the domain. */
export const createStore = ({ prismaOptions }: Pick<Database, 'prismaOptions'>): Store => {
  const prisma = new PrismaClient(prismaOptions);
  return {
    ...createAccountStore(prisma),
    ...createPasswordStore(prisma),
    ...createSessionStore(prisma),
    ...createKeyStore(prisma),
  };
};
