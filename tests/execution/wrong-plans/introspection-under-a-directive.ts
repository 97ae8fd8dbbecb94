import type { WrongPlan } from './wrong-plan.ts';

export const introspectionUnderADirective: WrongPlan = {
  source: {
    name: 'introspection-under-a-directive',
    subgraphs: {
      a: 'type Query { thing: String }',
      b: 'type Query { other: String }',
    },
  },
  document: '{ ... @include(if: true) { __schema { queryType { name } } } }',
  outcome: 'planning-fails',
  note: `Introspection is taken out of the operation before planning, but not from fragments with a
    directive. The planner throws; right is the introspection.`,
};
