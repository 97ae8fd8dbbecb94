import type { FederationSource } from './federation.ts';

/** An interface with a key, which two subgraphs know as an object. */
export const library: FederationSource = {
  name: 'library',
  avoids: ['reused-names'],
  subgraphs: {
    titles: `
      type Query { media(kind: String): [Media!] medium(id: ID!): Media books: [Book] }
      interface Media @key(fields: "id") { id: ID! title: String year: Int! }
      type Book implements Media @key(fields: "id") {
        id: ID! title: String year: Int! pages: Int sequel: Book
      }
      type Film implements Media @key(fields: "id") {
        id: ID! title: String year: Int! minutes: Int! basedOn: Media
      }
      type Song implements Media @key(fields: "id") {
        id: ID! title: String year: Int! album: [Media!]
      }
    `,
    reviews: `
      type Query { latest: [Review!] }
      type Media @key(fields: "id") @interfaceObject {
        id: ID!
        reviews(first: Int): [Review!]!
        stars: Float
      }
      type Review @key(fields: "id") { id: ID! text: String about: Media! }
    `,
    loans: `
      type Query { borrowed: [Media] }
      type Media @key(fields: "id") @interfaceObject { id: ID! due: String borrower: Reader! }
      type Reader @key(fields: "id") { id: ID! name: String reading: [[Media!]] }
    `,
  },
};
