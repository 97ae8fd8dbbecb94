/** @import { GraphqlRequest, Workload } from './shapes.ts' */

const USERS = 256;
/** Answers of a megabyte: fewer of them, and still none is asked for twice at a time. */
const USERS_OF_LARGE = 64;

/** @param {number} turn @param {number} users */
const userId = (turn, users) => `u${turn % users}`;

const TINY = `query Tiny($id: ID!) { user(id: $id) { id name } }`;

/** Eight fetches over five subgraphs. */
const FANOUT = `query Fanout($id: ID!, $carted: Int!, $recommended: Int!) {
  user(id: $id) {
    id
    name
    cart {
      items(first: $carted) {
        quantity
        product { id name price images { url } seller { name } }
      }
    }
    recommendations(first: $recommended) {
      score
      product { id name price images { url } }
    }
  }
}`;

const CHAIN = `query Chain($id: ID!) {
  user(id: $id) {
    name
    cart {
      items(first: 3) {
        product {
          seller {
            recommendations(first: 2) {
              product { images { url } }
            }
          }
        }
      }
    }
  }
}`;

const PARALLEL_USERS = ['a', 'b', 'c', 'd', 'e', 'f'];

const PARALLEL = `query Parallel(${PARALLEL_USERS.map((name) => `$${name}: ID!`).join(', ')}) {
${PARALLEL_USERS.map(
  (name) => `  ${name}: user(id: $${name}) {
    id
    cart { items(first: 2) { quantity } }
    recommendations(first: 2) { score }
  }`,
).join('\n')}
}`;

const MUTATION = `mutation AddToCart($user: ID!, $product: ID!) {
  addToCart(user: $user, product: $product, quantity: 2) {
    id
    items(first: 5) {
      quantity
      product { id name price }
    }
  }
  recordView(user: $user, product: $product) {
    product { id name }
  }
}`;

const ERRORS = `query Errors($id: ID!) {
  user(id: $id) {
    id
    cart {
      items(first: 40) {
        quantity
        product { id name deliveryDays }
      }
    }
  }
}`;

const LARGE_STRINGS = `query LargeStrings($id: ID!) {
  user(id: $id) {
    id
    cart {
      items(first: 20) {
        product { id name description }
      }
    }
  }
}`;

const DEFERRED = `query Deferred($id: ID!) {
  user(id: $id) {
    id
    name
    cart {
      items(first: 10) {
        quantity
        product { id name price }
      }
    }
    ... @defer {
      recommendations(first: 10) {
        score
        product { id name }
      }
    }
  }
}`;

const COLD_FIELDS = ['name', 'price', 'sku', 'inStock', 'images { url }', 'video { seconds }'];
const COLD_USERS = 16;

/**
 * A document that no turn before had. What is asked of the products varies little, so that subgraphs soon
 * replay; the name that the user is given never comes back.
 *
 * @param {number} turn
 * @returns {GraphqlRequest}
 */
const coldRequest = (turn) => {
  const start = turn % COLD_FIELDS.length;
  const asked = [...COLD_FIELDS, ...COLD_FIELDS].slice(start, start + 3).join(' ');
  return {
    query: `query Cold($id: ID!) {
  visit${turn}: user(id: $id) {
    id
    name
    cart { items(first: 3) { quantity product { id ${asked} seller { name } } } }
    recommendations(first: 2) { score product { id ${asked} } }
  }
}`,
    operationName: 'Cold',
    variables: { id: userId(turn, COLD_USERS) },
  };
};

/**
 * @param {string} name
 * @param {string} about
 * @param {number} products
 * @param {number} [variety]
 * @returns {Workload}
 */
const fanout = (name, about, products, variety = USERS) => ({
  name,
  about,
  variety,
  deferred: false,
  delays: {},
  request: (turn) => ({
    query: FANOUT,
    operationName: 'Fanout',
    variables: {
      id: userId(turn, variety),
      carted: Math.ceil(products / 2),
      recommended: Math.floor(products / 2),
    },
  }),
});

/**
 * A query about one user.
 *
 * @param {string} name
 * @param {string} about
 * @param {string} query
 * @param {string} operationName
 * @param {Partial<Workload>} [differences]
 * @returns {Workload}
 */
const aboutUser = (name, about, query, operationName, differences = {}) => ({
  name,
  about,
  variety: USERS,
  deferred: false,
  delays: {},
  request: (turn) => ({
    query,
    operationName,
    variables: { id: userId(turn, differences.variety ?? USERS) },
  }),
  ...differences,
});

/** @type {readonly Workload[]} */
export const WORKLOADS = [
  aboutUser('tiny', 'one fetch, one user', TINY, 'Tiny'),
  fanout('fanout-5', '8 fetches, 5 products', 5),
  fanout('fanout-20', '8 fetches, 20 products', 20),
  fanout('fanout-40', '8 fetches, 40 products, 20 sellers', 40),
  fanout('fanout-50', '8 fetches, 50 products', 50),
  fanout('fanout-500', '8 fetches, 500 products', 500, USERS_OF_LARGE),
  fanout('fanout-1000', '8 fetches, 1,000 products', 1000, USERS_OF_LARGE),
  aboutUser('chain-5', '5 fetches, each of which waits for the one before', CHAIN, 'Chain'),
  {
    name: 'parallel-12',
    about: '12 fetches side by side, after one',
    variety: USERS,
    deferred: false,
    delays: {},
    request: (turn) => ({
      query: PARALLEL,
      operationName: 'Parallel',
      variables: Object.fromEntries(
        PARALLEL_USERS.map((name, index) => [name, userId(turn + 41 * index, USERS)]),
      ),
    }),
  },
  {
    name: 'mutation',
    about: 'two mutations in order, in two subgraphs, and the products they name',
    variety: USERS,
    deferred: false,
    delays: {},
    request: (turn) => ({
      query: MUTATION,
      operationName: 'AddToCart',
      variables: { user: userId(turn, USERS), product: `p${turn % USERS}` },
    }),
  },
  aboutUser('errors-10', '40 products, of which one in ten has an error', ERRORS, 'Errors'),
  aboutUser(
    'large-strings',
    '20 texts of 10,000 characters, with escapes and beyond ASCII',
    LARGE_STRINGS,
    'LargeStrings',
    { variety: USERS_OF_LARGE },
  ),
  aboutUser(
    'defer-first-byte',
    'the first part of an answer whose second takes 25 ms; p50 and p99 are of that first part',
    DEFERRED,
    'Deferred',
    { deferred: true, delays: { recommendations: 25 } },
  ),
  {
    name: 'cold',
    about: '8 fetches, 5 products; every request is a document never seen before',
    variety: Number.POSITIVE_INFINITY,
    deferred: false,
    delays: {},
    request: coldRequest,
  },
];

/** What is sent with a request, beside its body. @param {Workload} workload */
export const requestHeaders = (workload) => ({
  'content-type': 'application/json',
  // JSON is not offered beside parts: who may choose, sends the whole.
  accept: workload.deferred ? 'multipart/mixed;deferSpec=20220824' : 'application/json',
});

/** @param {string} name */
export const workloadNamed = (name) => {
  const workload = WORKLOADS.find((each) => each.name === name);
  if (workload === undefined) throw new Error(`there is no workload ${name}`);
  return workload;
};
