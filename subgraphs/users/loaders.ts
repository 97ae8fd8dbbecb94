import { loadMany, loadOne } from '../kit/batch.ts';
import type { UsersReader } from './store.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The batches of one request; accounts found one way are known the other way too. */
export const createLoaders = (store: UsersReader) => {
  const accountById = loadOne(
    async (ids) => {
      const accounts = await store.accountsById(ids);
      for (const each of accounts) accountByHandle.prime(each.handle.toLowerCase(), each);
      return accounts;
    },
    (account) => account.id,
  );
  const accountByHandle = loadOne(
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
    sellerProfile: loadOne(store.sellerProfiles, (profile) => profile.userId),
    addresses: loadMany(store.addresses, (address) => address.userId),
  };
};
