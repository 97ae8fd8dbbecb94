import type { MutationResolvers } from '../../../generated/resolvers/recommendations.ts';
import type { Context } from '../context.ts';
import { checkEvents } from '../events.ts';

export const Mutation: MutationResolvers<Context> = {
  recordEvents: async (_parent, { events }, { store, viewer }) => {
    const checked = checkEvents(events, viewer);
    if (!checked.done) return { recorded: 0, userErrors: checked.userErrors };
    return { recorded: await store.record(checked.result), userErrors: [] };
  },
};
