import type { Resolvers } from '../../../generated/resolvers/users.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { SellerProfile } from './seller-profile.ts';
import { Session } from './session.ts';
import { User } from './user.ts';

export const resolvers: Resolvers = { Mutation, Query, SellerProfile, Session, User };
