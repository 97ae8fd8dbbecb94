import type { WrongPlan } from './wrong-plan.ts';

export const aliasNamedAsARequiredField: WrongPlan = {
  source: {
    name: 'alias-named-as-a-required-field',
    subgraphs: {
      a: `
      type Query { thing: Thing! }
      type Thing @key(fields: "id") { id: ID! name: String! weight: Int! }
      `,
      b: `
      type Thing @key(fields: "id") {
        id: ID! weight: Int! @external price: Int! @requires(fields: "weight")
      }
      `,
    },
  },
  document: '{ thing { weight: name price } }',
  outcome: 'another-answer',
  note: `The alias takes the response name of the field that price requires, so price is computed from
    the name. Right is the price for the weight.`,
};
