import { networkOf } from '../../contract/network.ts';
import type { Caller } from '../../contract/viewer.ts';

/** By what a client is counted: users by their id, guests by the network that their address is in. */
export const clientOf = ({ viewer, clientAddress }: Caller): string =>
  viewer.kind === 'user' ? `user ${viewer.id}` : `address ${networkOf(clientAddress ?? 'unknown')}`;
