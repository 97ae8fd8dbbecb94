import type { FederationSource } from './federation.ts';

/**
 * Members of a union whose keys, and whose required fields, have one name and types that cannot be
 * merged: the planner renames them in its requests, and back in the answers.
 */
export const zoo: FederationSource = {
  name: 'zoo',
  avoids: ['conditions', 'directives-on-fragments'],
  subgraphs: {
    animals: `
      type Query { animals(first: Int): [Animal!] pairs: [[Animal]] cat: Cat named: [Named] }
      union Animal = Cat | Dog | Bird | Stone
      interface Named { name: String }
      type Cat implements Named @key(fields: "id") { id: ID! name: String size: Int home: House }
      type Dog implements Named @key(fields: "id") { id: String! name: String size: String home: Kennel! }
      type Bird implements Named @key(fields: "id") { id: ID! name: String size: Float! home: [Nest] }
      type House { rooms: Int cats: [Cat!] }
      type Kennel { rooms: String! neighbour: Animal }
      type Nest { rooms: Boolean eggs: Int! }
      type Stone { weight: Int }
    `,
    care: `
      interface Named { fed: Boolean }
      type Cat implements Named @key(fields: "id") {
        id: ID! size: Int @external vet: Vet
        food: String @requires(fields: "size")
        fed: Boolean @requires(fields: "size")
      }
      type Dog implements Named @key(fields: "id") {
        id: String! size: String @external friends: [Patient!]
        food: String! @requires(fields: "size")
        fed: Boolean @requires(fields: "size")
      }
      type Bird implements Named @key(fields: "id") {
        id: ID! size: Float! @external vet: Vet
        food: [String] @requires(fields: "size")
        fed: Boolean
      }
      type Vet @key(fields: "id") { id: ID! patients: [Patient] }
      union Patient = Cat | Dog | Bird
    `,
    vets: `
      type Vet @key(fields: "id") { id: ID! name: String! pets: [Pet!] }
      union Pet = Cat | Dog
      type Cat @key(fields: "id") { id: ID! chip: Int }
      type Dog @key(fields: "id") { id: String! chip: Int }
    `,
  },
};
