import type { Resolvers } from '../../../generated/resolvers/catalog.ts';
import { Category } from './category.ts';
import { Hold } from './hold.ts';
import { HoldMutation } from './hold-mutation.ts';
import { HoldProblem } from './hold-problem.ts';
import { Mutation } from './mutation.ts';
import { MyProductConnection } from './my-product-connection.ts';
import { Product } from './product.ts';
import { ProductConnection } from './product-connection.ts';
import { ProductFacets } from './product-facets.ts';
import { Query } from './query.ts';
import { Subscription } from './subscription.ts';
import { User } from './user.ts';

export const resolvers: Resolvers = {
  Category,
  Hold,
  HoldProblem,
  Mutation: { ...Mutation, ...HoldMutation },
  MyProductConnection,
  Product,
  ProductConnection,
  ProductFacets,
  Query,
  Subscription,
  User,
};
