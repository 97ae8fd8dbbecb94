import type { SubscriptionResolvers } from '../../../generated/resolvers/catalog.ts';
import { clientError } from '../../kit/errors.ts';
import { isId } from '../../kit/ids.ts';
import { isBetween } from '../../kit/texts.ts';
import type { Context } from '../context.ts';

const MAX_ITEMS = 100;

export const Subscription: SubscriptionResolvers = {
  productChanged: {
    subscribe: (_root, { ids, includeCurrent }, { changes }) => {
      if (!isBetween(ids.length, 1, MAX_ITEMS)) {
        throw clientError('BAD_USER_INPUT', `\`ids\` names 1 to ${MAX_ITEMS} items.`);
      }
      return changes.watch(
        ids.filter((id) => isId('product', id)),
        includeCurrent,
      );
    },
    resolve: (id: string, _args: unknown, { loaders }: Context) => loaders.product.load(id),
  },
};
