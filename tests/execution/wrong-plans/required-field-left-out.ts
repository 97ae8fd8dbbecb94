import type { WrongPlan } from './wrong-plan.ts';

export const requiredFieldLeftOut: WrongPlan = {
  source: {
    name: 'required-field-left-out',
    subgraphs: {
      a: `
      type Query { thing: Thing! }
      type Thing @key(fields: "id") { id: ID! weight: Int! }
      `,
      b: `
      type Thing @key(fields: "id") {
        id: ID! weight: Int! @external price: Int! @requires(fields: "weight") size: Int!
      }
      `,
    },
  },
  document: 'query ($c: Boolean!) { thing { price @include(if: $c) size } }',
  variables: { c: false },
  outcome: 'another-answer',
  note: `weight is fetched under the condition, but size shares a request with price, whose representation
    needs weight. So there is no representation, size is not fetched, and stock answers null where right
    is the size. Planned for each value of the variable, it is right.`,
};
