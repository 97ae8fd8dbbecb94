import type { WrongPlan } from './wrong-plan.ts';

export const oneNameInTwoImplementations: WrongPlan = {
  source: {
    name: 'one-name-in-two-implementations',
    subgraphs: {
      a: `
      type Query { all: [Media!]! }
      interface Media @key(fields: "id") { id: ID! }
      type Book implements Media @key(fields: "id") { id: ID! }
      type Film implements Media @key(fields: "id") { id: ID! }
      `,
      b: `
      type Media @key(fields: "id") @interfaceObject { id: ID! stars(of: Int): Int! }
      `,
    },
  },
  document: '{ all { ... on Book { stars(of: 1) } ... on Film { stars(of: 2) } } }',
  outcome: 'another-answer',
  note: `A response name may stand for different things in objects of different types. Where a subgraph
    knows them as one type (@interfaceObject) the planner asks for one of the two only, or for both under
    one name, which is not valid. Right are aliases.`,
};
