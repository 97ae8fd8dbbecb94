import type { RecommendationReasonResolvers } from '../../../generated/resolvers/recommendations.ts';
import type { Context } from '../context.ts';
import { REASON_TEXTS } from '../suggestions.ts';

export const RecommendationReason: RecommendationReasonResolvers<Context> = {
  text: ({ code }) => REASON_TEXTS[code],
  because: ({ becauseId }) => (becauseId === null ? null : { id: becauseId }),
};
