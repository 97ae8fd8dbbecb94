import type { UserResolvers } from '../../../generated/resolvers/media.ts';
import type { Context } from '../context.ts';
import { firstPicture } from '../media.ts';

export const User: UserResolvers<Context> = {
  __resolveReference: ({ id }) => ({ id }),
  avatar: async ({ id }, _args, { loaders }) => firstPicture(await loaders.ofUser.load(id)),
};
