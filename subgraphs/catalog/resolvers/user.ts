import type { UserResolvers } from '../../../generated/resolvers/catalog.ts';
import { isId } from '../../kit/ids.ts';
import { listingsConnection } from '../connections.ts';

export const User: UserResolvers = {
  // Whether there is such a person is the users service's to say; nobody's listings are empty.
  __resolveReference: ({ id }) => (isId('user', id) ? { id } : null),
  listings: ({ id }, page, context) => listingsConnection(context, id, page),
};
