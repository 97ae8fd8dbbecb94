import type { WrongPlan } from './wrong-plan.ts';

export const aliasNamedTypename: WrongPlan = {
  source: {
    name: 'alias-named-typename',
    subgraphs: {
      a: `
      type Query { thing: Thing! }
      type Thing @key(fields: "id") { id: ID! name: String! }
      `,
      b: `
      type Thing @key(fields: "id") { id: ID! size: Int! }
      `,
    },
  },
  document: '{ thing { __typename: name size } }',
  outcome: 'another-answer',
  note: `As with the alias named as a key: stock answers the type under \`__typename\`; right is the name,
    odd as the operation is.`,
};
