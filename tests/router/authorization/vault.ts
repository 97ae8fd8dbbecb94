import type { SmallSubgraph } from '../../kit/federation.ts';

const ITEMS = ['1', '2'].map((id) => ({ id, name: `item ${id}`, cost: Number(id), owner: { id } }));

const FINDS = [
  { __typename: 'Coin', name: 'coin' },
  { __typename: 'Secret', name: 'map', place: 'north' },
];

/** Items of which some things are for some people, and the people who own them. */
export const vault = (ran: string[] = []): Readonly<Record<'items' | 'people', SmallSubgraph>> => ({
  items: {
    sdl: `
      type Query {
        items: [Item!]
        item: Item
        member: Int @authenticated
        report(of: ID!): Report
        things: [Thing!]
        finds: [Find!]
        plan: Plan
      }
      type Mutation { wipe: Int @requiresScopes(scopes: [["admin"]]) touch: Int }
      type Subscription { leaks: Int @authenticated }
      type Item @key(fields: "id") {
        id: ID!
        name: String!
        cost: Int @requiresScopes(scopes: [["seller", "buyer"], ["admin"]])
        margin: Int! @requiresScopes(scopes: [["admin"]])
        noted(by: String): String @authenticated
        owner: Person
      }
      type Person @key(fields: "id") { id: ID! }
      type Report @requiresScopes(scopes: [["admin"]]) { text: String }
      interface Thing { name: String }
      type Coin implements Thing { name: String }
      type Secret implements Thing @authenticated { name: String place: String }
      union Find = Coin | Secret
      type Plan { step: Int @policy(policies: [["early"], ["staff", "late"]]) }`,
    resolvers: {
      Query: {
        items: () => ITEMS,
        item: () => ITEMS[0],
        member: () => 7,
        report: () => ({ text: 'report' }),
        things: () => FINDS,
        finds: () => FINDS,
        plan: () => ({ step: 3 }),
      },
      Mutation: { wipe: () => ran.push('wipe'), touch: () => ran.push('touch') },
      Item: {
        __resolveReference: ({ id }: object & { id: string }) =>
          ITEMS.find((item) => item.id === id),
        margin: () => 5,
        noted: (_: unknown, { by }: { by: string }) => `by ${by}`,
      },
    },
  },
  people: {
    sdl: `type Query { people: Int }
      type Person @key(fields: "id") { id: ID! phone: String @authenticated town: String }`,
    resolvers: {
      Person: {
        __resolveReference: ({ id }: object & { id: string }) => ({
          id,
          phone: `phone ${id}`,
          town: `town ${id}`,
        }),
      },
    },
  },
});
