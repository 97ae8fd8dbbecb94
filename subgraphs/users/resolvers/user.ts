import type { UserResolvers } from '../../../generated/resolvers/users.ts';
import { DEFAULT_PREFERENCES } from '../preferences.ts';

export const User: UserResolvers = {
  __resolveReference: ({ id }, { loaders }) => loaders.accountById.load(id),
  sellerProfile: ({ id }, _args, { loaders }) => loaders.sellerProfile.load(id),
  email: ({ id, email }, _args, { viewerId }) => (id === viewerId ? email : null),
  addresses: ({ id }, _args, { viewerId, loaders }) =>
    id === viewerId ? loaders.addresses.load(id) : null,
  preferences: async ({ id }, _args, { viewerId, loaders }) =>
    id === viewerId ? ((await loaders.preferences.load(id)) ?? DEFAULT_PREFERENCES) : null,
  sessions: ({ id }, _args, { viewerId, loaders }) =>
    id === viewerId ? loaders.sessions.load(id) : null,
};
