import type { WrongPlan } from './wrong-plan.ts';

export const variableNamedRepresentations: WrongPlan = {
  source: {
    name: 'variable-named-representations',
    subgraphs: {
      a: `
      type Query { thing: Thing! }
      type Thing @key(fields: "id") { id: ID! }
      `,
      b: `
      type Thing @key(fields: "id") { id: ID! size(of: String): Int! }
      `,
    },
  },
  document: 'query ($representations: String) { thing { size(of: $representations) } }',
  variables: { representations: 'x' },
  outcome: 'another-answer',
  note: `The variable of the client and the one of _entities have one name. The request is not valid;
    stock throws. Right is to rename the client's variables before planning.`,
};
