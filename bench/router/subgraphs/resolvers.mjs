import { GraphQLError } from 'graphql';

/** Every answer is a function of ids alone, so that it can be replayed and computed again elsewhere. */

const PRODUCTS = 4096;
const SELLERS = 64;

/** @typedef {{ id: string }} Entity */

/** @param {Entity} entity its id is a letter and a number */
const numberOf = ({ id }) => Number.parseInt(id.slice(1), 10);

/** @param {number} number */
const product = (number) => ({ __typename: 'Product', id: `p${number % PRODUCTS}` });

const PARAGRAPH =
  'Trägt kaum Spuren – “wie neu”, said the seller.\nComes with its case, a strap & the "quick guide"; ' +
  'été 1979, boîte d’origine, 東京. Line breaks\tand tabs are as they were typed.\n';
const DESCRIPTION = PARAGRAPH.repeat(Math.round(10_000 / PARAGRAPH.length));

/**
 * By subgraph: what its fields give. An entity is its id; each field is computed from that.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, (parent: any, args: any) => unknown>>>>>>}
 */
// `any`: what a resolver is given is what graphql-js made by the schema; one type fits all of them.
export const RESOLVERS = {
  users: {
    Query: { user: (_, { id }) => ({ __typename: 'User', id }) },
    User: {
      name: ({ id }) => `Name of ${id}`,
      email: ({ id }) => `${id}@example.com`,
    },
  },
  catalog: {
    Product: {
      name: (/** @type {Entity} */ of) => `Product number ${numberOf(of)} "deluxe"`,
      price: (of) => (numberOf(of) % 977) + 0.5,
      sku: (of) => `SKU-${numberOf(of)}`,
      inStock: (of) => numberOf(of) % 3 !== 0,
      description: (of) => `${numberOf(of)}: ${DESCRIPTION}`,
      deliveryDays: (of) => {
        if (numberOf(of) % 10 !== 0) return (numberOf(of) % 7) + 1;
        throw new GraphQLError('Nobody delivers that.', { extensions: { code: 'NOT_FOUND' } });
      },
      seller: (of) => ({ __typename: 'User', id: `s${numberOf(of) % SELLERS}` }),
    },
  },
  cart: {
    Mutation: { addToCart: (_, { user }) => ({ id: `c${user}`, user: numberOf({ id: user }) }) },
    User: { cart: (of) => ({ id: `c${of.id}`, user: numberOf(of) }) },
    Cart: {
      items: ({ user }, { first }) =>
        Array.from({ length: first }, (_, index) => ({
          quantity: 1 + (index % 5),
          product: product(user * 7 + index),
        })),
    },
  },
  media: {
    Product: {
      images: ({ id }) =>
        [0, 1, 2].map((index) => ({
          url: `https://cdn.example.com/img/${id}/${index}.jpg`,
          width: 640,
          height: 480,
        })),
      video: (of) =>
        numberOf(of) % 2 === 0
          ? null
          : { url: `https://cdn.example.com/vid/${of.id}.mp4`, seconds: 30 },
    },
  },
  recommendations: {
    Mutation: { recordView: (_, { product: id }) => ({ product: { __typename: 'Product', id } }) },
    User: {
      recommendations: (of, { first }) =>
        Array.from({ length: first }, (_, index) => ({
          score: 1 - index / 2000,
          product: product(numberOf(of) * 11 + 1000 + index),
        })),
    },
  },
};
