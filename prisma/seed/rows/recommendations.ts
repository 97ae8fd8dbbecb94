import type { TableRows } from '../insert.ts';
import type { Market } from '../market.ts';

/** The rows of the recommendations' database; what is learnt from them is the subgraph's own work. */
export const recommendationsTables = ({ events }: Market): readonly TableRows[] => [
  {
    table: 'events',
    columns: {
      kind: 'event_kind',
      product_id: 'text',
      actor_id: 'text',
      occurred_at: 'timestamptz',
      client_event_id: 'text',
    },
    rows: events.map(({ kind, productId, actorId, at, clientEventId }) => ({
      kind,
      product_id: productId,
      actor_id: actorId,
      occurred_at: new Date(at),
      client_event_id: clientEventId,
    })),
  },
];
