import type { Variables } from './asking.ts';
import type { Belongings } from './people.ts';
import type { RootType } from './schema.ts';

/**
 * A way to something of the owner's, and who gets how far on it:
 * - `everyone` sees the thing, without what is its owner's alone (VISIBILITY);
 * - `owner`: nobody else sees that it is there;
 * - `viewer` leads everyone to what is theirs, and a guest nowhere;
 * - `token`: whoever knows the token sees all that it opens.
 */
export interface Route {
  readonly who: 'everyone' | 'owner' | 'viewer' | 'token';
  readonly variables: (belongings: Belongings) => Variables;
}

/** Why nothing of the owner's can be reached by a root field. */
export type Irrelevant = string;

const route = (who: Route['who'], variables: Route['variables'] = () => ({})): Route => ({
  who,
  variables,
});

const page = () => ({ first: 10 });

/** Every root field that answers. */
export const ROUTES: Readonly<
  Record<Exclude<RootType, 'Mutation'>, Readonly<Record<string, readonly Route[] | Irrelevant>>>
> = {
  Query: {
    cart: [route('viewer'), route('token', ({ guestToken }) => ({ token: guestToken }))],
    order: [route('owner', ({ order }) => ({ id: order }))],
    myOrders: [route('viewer', page)],
    mySales: [route('viewer', page)],
    product: [
      route('everyone', ({ item }) => ({ id: item })),
      route('owner', ({ draft }) => ({ id: draft })),
    ],
    products: [route('everyone', ({ owner }) => ({ filter: { sellerId: owner.id }, first: 10 }))],
    myProducts: [route('viewer', page)],
    categories: 'the tree belongs to nobody',
    category: 'the tree belongs to nobody',
    media: [route('owner', ({ picture }) => ({ id: picture }))],
    recommendations: 'items that are on sale; why is said to the viewer alone, of themself',
    trending: 'the same for everyone',
    me: [route('viewer')],
    user: [route('everyone', ({ owner }) => ({ id: owner.id }))],
    userByHandle: [route('everyone', ({ owner }) => ({ handle: owner.handle }))],
  },
  Subscription: {
    cartChanged: [
      route('viewer', () => ({ includeCurrent: true })),
      route('token', ({ guestToken }) => ({ token: guestToken, includeCurrent: true })),
    ],
    productChanged: [
      route('everyone', ({ item }) => ({ ids: [item], includeCurrent: true })),
      route('owner', ({ draft }) => ({ ids: [draft], includeCurrent: true })),
    ],
  },
};

/** A thing of the owner's that a subgraph can be asked for by its key. */
export interface Thing {
  readonly who: 'everyone' | 'owner';
  readonly key: (belongings: Belongings) => Variables;
  /** What is said to whoever has the key, by subgraphs that know the thing by its key alone. */
  readonly keyOnly?: readonly string[];
}

/** Every type that is an entity. */
export const THINGS: Readonly<Record<string, readonly Thing[] | Irrelevant>> = {
  Cart: [{ who: 'owner', key: ({ cart }) => ({ id: cart.id, revision: cart.revision }) }],
  CartLine: [{ who: 'owner', key: ({ cart }) => ({ id: cart.lineId }) }],
  Product: [
    { who: 'everyone', key: ({ item }) => ({ id: item }) },
    {
      who: 'owner',
      key: ({ draft }) => ({ id: draft }),
      keyOnly: ['cart', 'media', 'recommendations'],
    },
  ],
  User: [{ who: 'everyone', key: ({ owner }) => ({ id: owner.id }) }],
  Category: 'the tree belongs to nobody',
  Image: [{ who: 'owner', key: ({ picture }) => ({ id: picture }) }],
  Video: 'as an Image',
};
