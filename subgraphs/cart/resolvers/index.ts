import type { Resolvers } from '../../../generated/resolvers/cart.ts';
import { Cart } from './cart.ts';
import { CartLine } from './cart-line.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Subscription } from './subscription.ts';

export const resolvers: Resolvers = { Cart, CartLine, Mutation, Query, Subscription };
