import type {
  SubscriptionCartChangedArgs,
  SubscriptionResolvers,
} from '../../../generated/resolvers/cart.ts';
import type { Context } from '../context.ts';
import { changesKeyOf, openCart } from '../openings.ts';

export const Subscription: SubscriptionResolvers = {
  cartChanged: {
    subscribe: async (_root, { token, includeCurrent }, { changes, store, viewerId }) => {
      const key = await changesKeyOf(store, { token, viewerId });
      return key === null ? nothingOnce() : changes.watch([key], includeCurrent);
    },
    // Opened for every event anew, so that it is seen by whoever `Query.cart` shows it to, no others.
    resolve: (_key: string, { token }: SubscriptionCartChangedArgs, { store, viewerId }: Context) =>
      openCart(store, { token, viewerId }),
  },
};

async function* nothingOnce(): AsyncGenerator<string> {
  yield '';
}
