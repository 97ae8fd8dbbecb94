import type { WrongPlan } from './wrong-plan.ts';

export const requiredOfAnInterfaceObject: WrongPlan = {
  source: {
    name: 'required-of-an-interface-object',
    subgraphs: {
      a: `
      type Query { all: [Media!]! }
      interface Media @key(fields: "id") { id: ID! title: String! }
      type Book implements Media @key(fields: "id") { id: ID! title: String! }
      type Film implements Media @key(fields: "id") { id: ID! title: String! }
      `,
      b: `
      type Query { media: Media! }
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int! }
      `,
      c: `
      type Media @key(fields: "id") @interfaceObject {
        id: ID! title: String! @external loud: String! @requires(fields: "title")
      }
      `,
    },
  },
  document: '{ media { ... on Book { loud stars } ... on Film { loud } } }',
  outcome: 'planning-fails',
  note: `The object type and what loud requires are in one subgraph, which the planner wants to ask both
    before and after another: it throws, as that is a cycle. Right are two fetches from it.`,
};
