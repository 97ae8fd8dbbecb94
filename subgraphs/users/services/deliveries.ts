import { RecordAccountDeletedDocument } from '../../../generated/operations/users/graphql.ts';
import type { Deliver } from '../../kit/outbox.ts';
import type { RouterClient } from '../../kit/router-client.ts';

/**
 * What the outbox tells other services, by topic. What it holds was written by this service, so its
 * shape is known.
 */
export const deliveriesOf = ({
  ask,
}: Pick<RouterClient, 'ask'>): Readonly<Record<string, Deliver>> => ({
  'user.deleted': async (payload, eventId) => {
    const { userId } = payload as { readonly userId: string };
    await ask(RecordAccountDeletedDocument, { input: { eventId, userId } });
  },
});
