import type { QueryResolvers } from '../../../generated/resolvers/recommendations.ts';
import type { Context } from '../context.ts';
import { suggestFor } from '../suggestions.ts';
import { checkedFirst } from './arguments.ts';

export const Query: QueryResolvers<Context> = {
  recommendations: (_parent, { first }, { store, viewer }) =>
    suggestFor(store, viewer, checkedFirst(first)),
  trending: (_parent, { first }, { store }) => store.popular(checkedFirst(first)),
};
