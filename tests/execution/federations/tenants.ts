import type { FederationSource } from './federation.ts';

/** Arguments that come from the objects around (`@fromContext`). */
export const tenants: FederationSource = {
  name: 'tenants',
  subgraphs: {
    accounts: `
      type Query { tenant: Tenant! tenants: [Tenant] guests: [Guest!] }
      type Tenant @key(fields: "id") @context(name: "owner") {
        id: ID! locale: String currency: Int documents: [Document!]! main: Document
        folders: [[Folder]]
      }
      type Guest @key(fields: "id") @context(name: "owner") {
        id: ID! locale: String currency: Int main: Document folders: [[Folder]]
      }
      type Folder { name: String documents: [Document] }
      type Document @key(fields: "id") {
        id: ID!
        greeting(locale: String @fromContext(field: "$owner { locale }"), loud: Boolean): String
        price(in: Int @fromContext(field: "$owner { currency }")): Int
      }
    `,
    texts: `
      type Document @key(fields: "id") { id: ID! body: String pages: [Page!] linked: [Document!] }
      type Page @key(fields: "id") { id: ID! number: Int! }
    `,
  },
};
