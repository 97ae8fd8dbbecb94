import type { FederationSource } from './federation.ts';

/** Entities over four subgraphs, several keys, and chains of `@requires`. */
export const shop: FederationSource = {
  name: 'shop',
  avoids: ['conditions'],
  subgraphs: {
    catalog: `
      type Query {
        products(first: Int = 3, title: String): [Product!]
        product(id: ID!): Product
        featured: [[Product]!]
      }
      type Product @key(fields: "id") @key(fields: "sku") {
        id: ID!
        sku: String!
        title: String
        weight: Int
        price(currency: String = "EUR", net: Boolean): Float
        listPrice(currency: String!, net: Boolean): Float @inaccessible
        dimensions: Dimensions
        parts: [Part!]
        maker: Maker!
      }
      type Dimensions { width: Int height: Int! tags: [String] }
      type Part { code: ID! grams: Int }
      type Maker @key(fields: "id") { id: ID! name: String! }
    `,
    stock: `
      type Product @key(fields: "sku") {
        sku: String!
        weight: Int @external
        dimensions: Dimensions @external
        parts: [Part!] @external
        available: Int!
        shipping: Float @requires(fields: "weight dimensions { width tags }")
        assembly: String @requires(fields: "parts { grams }")
        warehouse: Warehouse
      }
      type Dimensions @external { width: Int tags: [String] }
      type Part @external { grams: Int }
      type Warehouse @key(fields: "id") { id: ID! city: String stocked(first: Int): [Product] }
    `,
    offers: `
      type Query { deals: [Deal!]! }
      type Deal { title: String product: Product! alternatives: [Product] }
      type Product @key(fields: "id") {
        id: ID!
        shipping: Float @external
        listPrice(currency: String!, net: Boolean): Float @external
        total: Float @requires(fields: "shipping listPrice(currency: \\"USD\\", net: true)")
        similar(first: Int = 2): [Product!]!
      }
    `,
    makers: `
      type Maker @key(fields: "id") {
        id: ID!
        country: String
        rating: Float!
        bestOf: [Product!]
        parent: Maker
      }
      type Product @key(fields: "id", resolvable: false) { id: ID! }
    `,
  },
};
