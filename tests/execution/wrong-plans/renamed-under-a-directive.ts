import type { WrongPlan } from './wrong-plan.ts';

export const renamedUnderADirective: WrongPlan = {
  source: {
    name: 'renamed-under-a-directive',
    subgraphs: {
      a: `
      type Query { pets(first: Int): [Pet!]! }
      union Pet = Cat | Dog
      type Cat @key(fields: "id") { id: ID! }
      type Dog @key(fields: "id") { id: String! }
      `,
      b: `
      type Cat @key(fields: "id") { id: ID! age: Int! }
      type Dog @key(fields: "id") { id: String! age: Int! }
      `,
    },
  },
  document: '{ pets { ... @include(if: true) { ... on Cat { age } ... on Dog { age } } } }',
  outcome: 'another-answer',
  note: `Keys of one name and types that cannot be merged get aliases, but not below a fragment with a
    directive and no type condition. The request is not valid, and all data is lost.`,
};
