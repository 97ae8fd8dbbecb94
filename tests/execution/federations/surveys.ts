import type { FederationSource } from './federation.ts';

/** Fields whose nullability differs between subgraphs, and values that several share. */
export const surveys: FederationSource = {
  name: 'surveys',
  subgraphs: {
    forms: `
      type Query { form: Form @shareable forms: [Form!]! }
      type Form @key(fields: "id") {
        id: ID! title: String! @shareable style: Style @shareable answers: [Answer!]! @shareable
        next: Form
      }
      type Style @shareable { colour: String! size: Int font: Font! }
      type Font @shareable { name: String! }
      type Answer @shareable { text: String! score: Int! }
    `,
    results: `
      type Query { form: Form! @shareable total: Int }
      type Form @key(fields: "id") {
        id: ID! title: String @shareable style: Style! @shareable answers: [Answer] @shareable
        votes: Int! best: Answer
      }
      type Style @shareable { colour: String size: Int! font: Font weight: Float }
      type Font @shareable { name: String points: Int! }
      type Answer @shareable { text: String score: Int count: Int! }
    `,
    archive: `
      type Form @key(fields: "id") { id: ID! style: Style @shareable old: [[Note!]!]! }
      type Style @shareable { colour: String weight: Float }
      type Note { text: String! form: Form }
    `,
  },
};
