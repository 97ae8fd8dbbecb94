import type { FederationSource } from './federation.ts';

/** Fields on their way from one subgraph to another, all at once or behind a label. */
export const moving: FederationSource = {
  name: 'moving',
  avoids: ['conditions'],
  labels: ['half-way', 'early'],
  subgraphs: {
    old: `
      type Query { parcels: [Parcel!] parcel: Parcel count: Int! }
      type Parcel @key(fields: "id") {
        id: ID! address: String weight: Int! sender: Person stamps: [Stamp!]
      }
      type Stamp { value: Int }
      type Person @key(fields: "id") { id: ID! name: String age: Int }
    `,
    new: `
      type Query { count: Int! @override(from: "old", label: "early") people: [Person] }
      type Parcel @key(fields: "id") {
        id: ID!
        address: String @override(from: "old")
        weight: Int! @override(from: "old", label: "half-way")
        sender: Person @override(from: "old", label: "early")
        tracking: [Place!]
      }
      type Place { name: String! parcel: Parcel }
      type Person @key(fields: "id") { id: ID! name: String @override(from: "old", label: "half-way") sent: [Parcel] }
    `,
    bills: `
      type Parcel @key(fields: "id") {
        id: ID! address: String @external
        postage: Float @requires(fields: "address")
      }
    `,
  },
};
