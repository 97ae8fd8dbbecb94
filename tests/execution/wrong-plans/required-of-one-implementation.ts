import type { WrongPlan } from './wrong-plan.ts';

export const requiredOfOneImplementation: WrongPlan = {
  source: {
    name: 'required-of-one-implementation',
    subgraphs: {
      a: `
      type Query { all: [Media!]! }
      interface Media @key(fields: "id") { id: ID! title: String! }
      type Book implements Media @key(fields: "id") { id: ID! title: String! }
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
  document: '{ media { ... on Book { loud } } }',
  outcome: 'planning-never-ends',
  note: `As with what is required of an interface object, but the cycle is not noticed: the planner goes
    round it for about nine seconds, until an array is too long. A client can stop a router with this.
    Right is a limit outside of the planner, such as a thread that is ended.`,
};
