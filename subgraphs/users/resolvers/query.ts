import type { QueryResolvers } from '../../../generated/resolvers/users.ts';

export const Query: QueryResolvers = {
  me: (_root, _args, { viewerId, loaders }) =>
    viewerId === null ? null : loaders.accountById.load(viewerId),
  user: (_root, { id }, { loaders }) => loaders.accountById.load(id),
  userByHandle: (_root, { handle }, { loaders }) =>
    loaders.accountByHandle.load(handle.toLowerCase()),
};
