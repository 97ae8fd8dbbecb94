import type { WrongPlan } from './wrong-plan.ts';

export const objectOfConditionsOnly: WrongPlan = {
  source: {
    name: 'object-of-conditions-only',
    subgraphs: {
      a: `
      type Query { thing: Thing }
      type Thing { name: String! }
      `,
    },
  },
  document:
    'query ($c: Boolean!, $d: Boolean!) { thing @include(if: $d) { name @include(if: $c) } }',
  variables: { c: false, d: true },
  outcome: 'another-answer',
  note: `The condition of the only inner field is taken to be one of the whole fetch. Stock answers
    \`thing: null\`; right is \`thing: {}\`. Where the field is non-null, all data is lost. Planned for each
    value of the variables, it is right.`,
};
