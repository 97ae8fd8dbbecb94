import { AddressForOrderDocument } from '../../../generated/operations/cart/graphql.ts';
import type { RouterClient } from '../../kit/router-client.ts';
import type { Addresses } from '../addresses.ts';

/** The users' addresses, asked through the router. */
export const createAddresses = ({ ask }: Pick<RouterClient, 'ask'>): Addresses => ({
  addressFor: async (userId, id) => {
    const { addressForOrder } = await ask(AddressForOrderDocument, { userId, id });
    if (addressForOrder == null) return null;
    return { ...addressForOrder, postalCode: addressForOrder.postalCode ?? null };
  },
});
