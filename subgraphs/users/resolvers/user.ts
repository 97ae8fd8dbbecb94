import type { UserResolvers } from '../../../generated/resolvers/users.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.accountById.load(id),
  sellerProfile: ({ id }, _args, { loaders }) => loaders.sellerProfile.load(id),
  email: ({ id, email }, _args, { viewerId }) => (id === viewerId ? email : null),
  addresses: ({ id }, _args, { viewerId, loaders }) =>
    id === viewerId ? loaders.addresses.load(id) : null,
};
