import { startSmallFederation } from '../../kit/federation.ts';

/** A shop of four subgraphs, of which two have to wait for another, and one of these for a third. */
export const startShop = () =>
  startSmallFederation({
    goods: {
      sdl: `
        type Query { items: [Item!]! }
        type Item @key(fields: "id") { id: ID! seller: Person }
        type Person @key(fields: "id", resolvable: false) { id: ID! }
      `,
      resolvers: {
        Query: {
          items: () =>
            ['a', 'b', 'c'].map((id) => ({ id, seller: { id: id === 'c' ? '2' : '1' } })),
        },
      },
    },
    people: {
      sdl: 'type Person @key(fields: "id") { id: ID! city: City } type City @key(fields: "name", resolvable: false) { name: ID! }',
      resolvers: {
        Person: {
          __resolveReference: ({ id }: { id: string }) => ({ id, city: { name: 'Lyon' } }),
        },
      },
    },
    cities: {
      sdl: 'type City @key(fields: "name") { name: ID! country: String }',
      resolvers: {
        City: {
          __resolveReference: ({ name }: object & { name: string }) => ({
            name,
            country: 'France',
          }),
        },
      },
    },
    stock: {
      sdl: 'type Item @key(fields: "id") { id: ID! left: Int }',
      resolvers: { Item: { __resolveReference: ({ id }: { id: string }) => ({ id, left: 1 }) } },
    },
  });
