import type { FederationSource } from './federation.ts';

/** Composite, nested and numeric keys, and the way from one key to another. */
export const offices: FederationSource = {
  name: 'offices',
  subgraphs: {
    rooms: `
      type Query { rooms: [Room!] room(number: Int!): Room desks: [[Desk]] }
      type Room @key(fields: "number building { id }") {
        number: Int! building: Building! floor: Int desks: [Desk]
      }
      type Building @key(fields: "id") { id: ID! street: String }
      type Desk @key(fields: "place { code }") @key(fields: "id") { id: ID! place: Spot! colour: String }
      type Spot @shareable { code: ID! }
    `,
    staff: `
      type Query { staff: [Employee!] }
      type Room @key(fields: "number building { id }") {
        number: Int! building: Building! occupants: [Employee!]!
      }
      type Building @key(fields: "id") { id: ID! manager: Employee rooms: [Room!] }
      type Employee @key(fields: "id office { number building { id } }") @key(fields: "code") {
        id: ID! code: String! office: Room! desk: Desk name: String
      }
      type Desk @key(fields: "place { code }") { place: Spot! usedBy: Employee }
      type Spot @shareable { code: ID! }
    `,
    payroll: `
      type Employee @key(fields: "code") {
        code: String! salary: Float! bonus(percent: Int = 10): Float boss: Employee
      }
      type Desk @key(fields: "id") { id: ID! cost: Int }
    `,
  },
};
