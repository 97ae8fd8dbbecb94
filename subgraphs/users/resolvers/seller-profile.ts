import type { SellerProfileResolvers } from '../../../generated/resolvers/users.ts';
import { ratingOf } from '../accounts.ts';

export const SellerProfile: SellerProfileResolvers = {
  rating: (profile) => ratingOf(profile),
};
