import type { Resolvers } from '../../../generated/resolvers/recommendations.ts';
import type { Context } from '../context.ts';
import { Mutation } from './mutation.ts';
import { Product } from './product.ts';
import { Query } from './query.ts';
import { Recommendation } from './recommendation.ts';
import { RecommendationReason } from './recommendation-reason.ts';

export const resolvers = {
  Mutation,
  Product,
  Query,
  Recommendation,
  RecommendationReason,
} satisfies Resolvers<Context>;
