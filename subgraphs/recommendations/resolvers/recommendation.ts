import type { RecommendationResolvers } from '../../../generated/resolvers/recommendations.ts';
import type { Context } from '../context.ts';

export const Recommendation: RecommendationResolvers<Context> = {
  product: ({ productId }) => ({ id: productId }),
};
