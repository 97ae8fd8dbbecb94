import type { WrongPlan } from './wrong-plan.ts';

export const argumentsOfARequiredField: WrongPlan = {
  source: {
    name: 'arguments-of-a-required-field',
    subgraphs: {
      a: `
      type Query { thing: Thing! }
      type Thing @key(fields: "id") { id: ID! price(in: String!): Int! }
      `,
      b: `
      type Thing @key(fields: "id") {
        id: ID! price(in: String!): Int! @external
        euros: String! @requires(fields: "price(in: \\"EUR\\")")
      }
      `,
    },
  },
  document: '{ thing { price(in: "GBP") euros } }',
  outcome: 'another-answer',
  note: `The client asks for a field with other arguments than a @requires does. It is fetched once, as
    the client wants it, and euros is computed from pounds.`,
};
