import type { SmallSubgraph } from '../../kit/federation.ts';
import type { Data } from '../../kit/http.ts';
import type { Parts } from '../../kit/parts.ts';

type Reference = { readonly id: string };

export const fails = (message: string) => () => Promise.reject(new Error(message));

/** Two books, of which the second has no publisher and a price that cannot be told. */
export const BOOKS: SmallSubgraph = {
  sdl: `type Query { books: [Book] book: Book motto: String }
    type Mutation { add(title: String!): Book }
    type Book @key(fields: "id") { id: ID! title: String publisher: Publisher author: Author }
    type Publisher @key(fields: "id") { id: ID! } type Author { name: String born: Int }`,
  resolvers: {
    Query: {
      motto: () => 'read',
      book: () => ({ id: '1' }),
      books: () => [{ id: '1' }, { id: '2' }],
    },
    Mutation: { add: () => ({ id: '1' }) },
    Book: {
      __resolveReference: ({ id }: Reference) => ({ id }),
      title: ({ id }: Reference) => `title ${id}`,
      publisher: ({ id }: Reference) => (id === '1' ? { id: 'p1' } : null),
      author: () => ({ name: 'Austen', born: 1775 }),
    },
    Publisher: { __resolveReference: ({ id }: Reference) => ({ id }) },
  },
};

export const PRICES: SmallSubgraph = {
  sdl: `type Query { cheapest: Int }
    type Book @key(fields: "id") { id: ID! price: Int stock: Stock }
    type Stock { left: Int! place: String }
    type Publisher @key(fields: "id") { id: ID! city: String }`,
  resolvers: {
    Query: { cheapest: () => 3 },
    Book: {
      __resolveReference: ({ id }: Reference) => ({ id }),
      price: ({ id }: Reference) => (id === '1' ? 7 : fails('no price')()),
      stock: ({ id }: Reference) => ({ left: id === '1' ? 5 : null, place: `shelf ${id}` }),
    },
    Publisher: { __resolveReference: ({ id }: Reference) => ({ id, city: 'London' }) },
  },
};

/** A deferred answer: what came first, and the parts by their labels and places. */
export const gatherParts = async (parts: Parts): Promise<{ first: Data; patches: Data[] }> => {
  const [first, ...rest] = await parts.rest();
  const last = rest.at(-1);
  const unfinished = [first, ...rest.slice(0, -1)].every(({ hasNext }) => hasNext === true);
  if (!unfinished || last?.hasNext !== false) throw new Error('its end is not the last part');
  const patches = rest.flatMap(({ incremental = [] }) => incremental);
  const keyOf = ({ label, path }: Data) => `${path.join('.')} ${label}`;
  return {
    first: { data: first.data, ...(first.errors && { errors: first.errors }) },
    patches: patches.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1)),
  };
};
