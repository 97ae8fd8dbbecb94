import type { QueryResolvers } from '../../../generated/resolvers/users.ts';
import { isId } from '../../kit/ids.ts';
import { isHandle } from '../accounts.ts';

export const Query: QueryResolvers = {
  me: (_root, _args, { viewerId, loaders }) =>
    viewerId === null ? null : loaders.accountById.load(viewerId),

  user: (_root, { id }, { loaders }) => (isId('user', id) ? loaders.accountById.load(id) : null),

  userByHandle: (_root, args, { loaders }) => {
    const handle = args.handle.toLowerCase();
    return isHandle(handle) ? loaders.accountByHandle.load(handle) : null;
  },
};
