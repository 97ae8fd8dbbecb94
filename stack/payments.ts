import type { Shared } from './environment.ts';
import type { DatabaseSpec } from './postgres/postgres.ts';
import { isOurs } from './topology.ts';

/** The test payment provider's database, beside those of the subgraphs. */
export const PAYMENTS_DATABASE: DatabaseSpec = { name: 'payments', extensions: [] };

/**
 * Whether the test payment provider runs on this machine: where the cart does, and nobody else moves
 * the money. It is a process of its own whatever the topology, as a real one would be.
 */
export const hasPayments = ({
  settings,
  topology,
}: Pick<Shared, 'settings' | 'topology'>): boolean =>
  settings.paymentProvider === 'test' && isOurs(topology, 'cart');
