import type { SessionResolvers } from '../../../generated/resolvers/users.ts';

export const Session: SessionResolvers = {
  isCurrent: ({ id }, _args, { sessionId }) => id === sessionId,
};
