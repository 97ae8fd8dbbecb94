import type { FederationSource } from './federation.ts';

/** Keys that overlap, and keys by which some subgraphs can be left but not entered. */
export const depots: FederationSource = {
  name: 'depots',
  subgraphs: {
    orders: `
      type Query { orders: [Order!] }
      type Order @key(fields: "id") { id: ID! item: Item! items: [Item] }
      type Item @key(fields: "id sku", resolvable: false) @key(fields: "id", resolvable: false) { id: ID! sku: ID! }
    `,
    items: `
      type Query { items: [Item!] }
      type Item @key(fields: "id sku") @key(fields: "sku", resolvable: false) {
        id: ID! sku: ID! name: String depot: Depot
      }
      type Depot @key(fields: "code") @key(fields: "id", resolvable: false) { id: ID! code: ID! }
    `,
    stock: `
      type Item @key(fields: "sku") @key(fields: "id", resolvable: false) {
        sku: ID! id: ID! @shareable amount: Int! depots: [Depot!]
      }
      type Depot @key(fields: "code") { code: ID! city: String items: [Item!] }
    `,
    prices: `
      type Item @key(fields: "id") { id: ID! price: Float owner: Owner }
      type Owner @key(fields: "id") @key(fields: "ref depot { code }") {
        id: ID! ref: ID! depot: Depot! name: String
      }
      type Depot @key(fields: "code", resolvable: false) { code: ID! }
    `,
    owners: `
      type Owner @key(fields: "ref depot { code }", resolvable: false) @key(fields: "ref") {
        ref: ID! depot: Depot! @shareable trusted: Boolean! orders: [Order]
      }
      type Depot @key(fields: "code", resolvable: false) { code: ID! }
      type Order @key(fields: "id", resolvable: false) { id: ID! }
    `,
  },
};
