import type { WrongPlan } from './wrong-plan.ts';

export const argumentsOfTwoRequires: WrongPlan = {
  source: {
    name: 'arguments-of-two-requires',
    subgraphs: {
      a: `
      type Query { thing: Thing! }
      type Thing @key(fields: "id") { id: ID! price(in: String!): Int! }
      `,
      b: `
      type Thing @key(fields: "id") {
        id: ID! price(in: String!): Int! @external
        euros: String! @requires(fields: "price(in: \\"EUR\\")")
        dollars: String! @requires(fields: "price(in: \\"USD\\")")
      }
      `,
    },
  },
  document: '{ thing { euros dollars } }',
  outcome: 'another-answer',
  note: `Two fields require one field with different arguments. It is fetched once, with the arguments of
    the last, and given to both. Right are two fetches of price under different names, and two requests
    with representations of their own. The same happens where the two fields are in different subgraphs.`,
};
