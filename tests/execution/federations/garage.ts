import type { FederationSource } from './federation.ts';

/** Enums that differ between subgraphs, and what clients may not see. */
export const garage: FederationSource = {
  name: 'garage',
  avoids: ['conditions'],
  subgraphs: {
    cars: `
      type Query {
        vehicles(of: Fuel, not: [Fuel!] = [STEAM], where: Filter): [Vehicle]
        car: Car
        everything: [Anything!]
        hiddenRoot: Car @inaccessible
      }
      enum Fuel { PETROL DIESEL STEAM }
      enum Colour { RED BLUE SECRET @inaccessible }
      input Filter { fuel: Fuel colour: [Wish] and: Filter hidden: Int @inaccessible }
      enum Wish { CHEAP FAST ONLY_CARS }
      interface Vehicle { id: ID! colour: Colour wheels: Int! }
      type Car implements Vehicle @key(fields: "id") {
        id: ID! colour: Colour wheels: Int! fuel: Fuel! secret: String @inaccessible
      }
      type Prototype implements Vehicle @inaccessible { id: ID! colour: Colour wheels: Int! }
      union Anything = Car | Prototype | Tool
      type Tool { name: String colours: [Colour!]! }
    `,
    service: `
      type Query { jobs(wish: Wish! = FAST): [Job!] }
      type Job @key(fields: "id") { id: ID! car: Car! state: State! wish: Int }
      enum State { WAITING DONE LOST @inaccessible }
      enum Wish { CHEAP FAST ONLY_SERVICE }
      type Car @key(fields: "id") {
        id: ID!
        secret: String @external
        colour: Colour @external
        lacquer: String @requires(fields: "secret colour")
        jobs: [Job!]
        lastState: State
      }
      enum Colour { RED BLUE SECRET @inaccessible }
    `,
  },
};
