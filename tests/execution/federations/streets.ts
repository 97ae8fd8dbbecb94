import type { FederationSource } from './federation.ts';

/** Fields that a subgraph provides along some ways only, and root fields that several share. */
export const streets: FederationSource = {
  name: 'streets',
  subgraphs: {
    houses: `
      type Query {
        house: House
        houses: [House!] @provides(fields: "owner { name }")
        random(seed: Int): House @shareable
      }
      type House @key(fields: "id") {
        id: ID! number: Int owner: Owner! tenant: Owner @provides(fields: "name address { city }")
        garden: Plot @shareable
      }
      type Owner @key(fields: "id") { id: ID! name: String @external address: Address @external }
      type Address { city: String @shareable }
      type Plot @shareable { size: Int! }
    `,
    owners: `
      type Query { owners: [Owner!]! random(seed: Int): House @shareable }
      type Owner @key(fields: "id") {
        id: ID! name: String @shareable address: Address @shareable houses: [House]
        favourite: Thing @provides(fields: "... on House { colour }")
      }
      type Address { city: String @shareable zip: String @shareable }
      union Thing = House | Pet
      type Pet { name: String! age: Int! }
      type House @key(fields: "id") { id: ID! colour: String @external garden: Plot @shareable }
      type Plot @shareable { size: Int! trees: Int }
    `,
    paint: `
      type House @key(fields: "id") { id: ID! colour: String @shareable coats: Int! }
    `,
  },
};
