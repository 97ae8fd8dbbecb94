import { listLoader, recordLoader } from '../kit/batch.ts';
import type { Store } from './store.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batches of one request; accounts found one way are known the other way too. */
export const createLoaders = (store: Store) => {
  const accountById = recordLoader(
    async (ids) => {
      const accounts = await store.accountsById(ids);
      for (const each of accounts) accountByHandle.prime(each.handle.toLowerCase(), each);
      return accounts;
    },
    (account) => account.id,
  );
  const accountByHandle = recordLoader(
    async (handles) => {
      const accounts = await store.accountsByHandle(handles);
      for (const each of accounts) accountById.prime(each.id, each);
      return accounts;
    },
    (account) => account.handle.toLowerCase(),
  );
  return {
    accountById,
    /** Keys in lower case. */
    accountByHandle,
    sellerProfile: recordLoader(store.sellerProfiles, (profile) => profile.userId),
    addresses: listLoader(store.addresses, (address) => address.userId),
    preferences: recordLoader(store.preferences, (preferences) => preferences.userId),
    sessions: listLoader(store.sessions, (session) => session.userId),
  };
};
