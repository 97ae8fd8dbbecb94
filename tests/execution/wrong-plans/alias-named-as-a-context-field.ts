import type { WrongPlan } from './wrong-plan.ts';

export const aliasNamedAsAContextField: WrongPlan = {
  source: {
    name: 'alias-named-as-a-context-field',
    subgraphs: {
      a: `
      type Query { user: User! }
      type User @key(fields: "id") @context(name: "user") {
        id: ID! locale: String! name: String! document: Document!
      }
      type Document @key(fields: "id") {
        id: ID! text(locale: String @fromContext(field: "$user { locale }")): String!
      }
      `,
    },
  },
  document: '{ user { locale: name document { text } } }',
  outcome: 'another-answer',
  note: `The alias takes the response name of what @fromContext reads. This plan answers the locale under
    \`locale\` (stock knows no contexts at all); right is the name, with the text for the locale.`,
};
