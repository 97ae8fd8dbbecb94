import type { WrongPlan } from './wrong-plan.ts';

export const aliasNamedAsAKey: WrongPlan = {
  source: {
    name: 'alias-named-as-a-key',
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
  document: '{ thing { id: name size } }',
  outcome: 'another-answer',
  note: `The alias takes the response name of the key that the next fetch needs. The planner merges the
    two, so that name is never asked for. Stock answers the key under \`id\`; right is the name.`,
};
