import { isServiceWith } from '../../../contract/viewer.ts';
import type { QueryResolvers } from '../../../generated/resolvers/users.ts';
import { clientError } from '../../kit/errors.ts';
import { isId } from '../../kit/ids.ts';
import { isHandle } from '../accounts.ts';

export const Query: QueryResolvers = {
  me: async (_root, _args, { viewerId, loaders }) => {
    const account = viewerId === null ? null : await loaders.accountById.load(viewerId);
    // The access token of a deleted account is good for a few minutes more.
    return account?.email == null ? null : account;
  },

  user: (_root, { id }, { loaders }) => (isId('user', id) ? loaders.accountById.load(id) : null),

  userByHandle: (_root, args, { loaders }) => {
    const handle = args.handle.toLowerCase();
    return isHandle(handle) ? loaders.accountByHandle.load(handle) : null;
  },

  addressForOrder: async (_root, { userId, id }, { viewer, loaders }) => {
    if (!isServiceWith(viewer, 'users:addresses')) throw clientError('FORBIDDEN');
    if (!isId('user', userId)) return null;
    const addresses = await loaders.addresses.load(userId);
    return addresses.find((each) => (id == null ? each.isDefault : each.id === id)) ?? null;
  },
};
