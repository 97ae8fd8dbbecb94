import type { FederationSource } from './federation.ts';

/** Custom scalars, deep inputs, and every kind of argument. */
export const lab: FederationSource = {
  name: 'lab',
  avoids: ['conditions'],
  subgraphs: {
    samples: `
      scalar JSON
      scalar Time
      input Range { from: Float! to: Float = 1.5 unit: Unit = GRAM }
      input Query_ { all: [Query_!] range: Range any: JSON ids: [[ID!]] flag: Boolean! = true }
      enum Unit { GRAM LITRE }
      type Query {
        sample(where: Query_, at: Time): Sample
        samples(ids: [ID!]!, ranges: [Range] = [{ from: 0 }], any: JSON = { a: [1, null] }): [Sample]!
        echo(int: Int, float: Float, id: ID, string: String!, list: [[Int!]]): JSON
      }
      type Sample @key(fields: "id") {
        id: ID! raw: JSON taken: Time! points(range: Range, unit: Unit! = LITRE): [Float!]
        notes: JSON!
      }
    `,
    analysis: `
      scalar JSON
      input Options { depth: Int = 1 json: JSON more: [Options!] }
      type Sample @key(fields: "id") {
        id: ID!
        raw: JSON @external
        report(options: Options = { depth: 2 }, tags: [String]): JSON @requires(fields: "raw")
        matrix: [[JSON]]
        parent(generations: Int! = 1): Sample
      }
    `,
  },
};
