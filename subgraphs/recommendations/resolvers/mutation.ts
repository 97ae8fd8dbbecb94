import { isServiceWith } from '../../../contract/viewer.ts';
import type { MutationResolvers } from '../../../generated/resolvers/recommendations.ts';
import { clientError } from '../../kit/errors.ts';
import type { Context } from '../context.ts';
import { checkEvents } from '../events.ts';
import { wrongWith } from '../facts.ts';

export const Mutation: MutationResolvers<Context> = {
  recordEvents: async (_parent, { events }, { store, viewer }) => {
    const checked = checkEvents(events, viewer);
    if (!checked.done) return { recorded: 0, userErrors: checked.userErrors };
    return { recorded: await store.record(checked.result), userErrors: [] };
  },

  recordFacts: async (_parent, { facts }, { facts: store, viewer }) => {
    if (!isServiceWith(viewer, 'recommendations:facts')) throw clientError('FORBIDDEN');
    const wrong = wrongWith(facts);
    if (wrong !== null) throw clientError('BAD_USER_INPUT', wrong);
    return { recorded: await store.recordFacts(facts) };
  },
};
