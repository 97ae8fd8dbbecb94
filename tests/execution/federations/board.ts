import type { FederationSource } from './federation.ts';

/** Lists in lists of entities, and every nullability of them. */
export const board: FederationSource = {
  name: 'board',
  avoids: ['conditions'],
  subgraphs: {
    cells: `
      type Query {
        a: [[Piece]] b: [[Piece!]!]! c: [[Piece!]]! d: [[[Piece]!]]
        e: Piece! f: [Piece]! g: [Piece!]
      }
      type Piece @key(fields: "id") {
        id: ID! name: String! colour: String moves: [[Piece]] neighbours: [[Piece!]!] area: [[Int]!]
      }
    `,
    rules: `
      type Piece @key(fields: "id") {
        id: ID!
        area: [[Int]!] @external
        neighbours: [[Piece!]!] @external
        name: String! @external
        value: Int!
        reach: [[Int!]!]! @requires(fields: "area")
        threats: Int @requires(fields: "neighbours { name }")
        threatens: [[Piece!]]
      }
    `,
    history: `
      type Query { games: [[[Move!]]!] }
      type Move { by: Piece! took: [Piece] path: [[Float]] }
      type Piece @key(fields: "id") { id: ID! taken: [[Move]] lost: Boolean! }
    `,
  },
};
