import type { FederationSource } from './federation.ts';

/** Mutations that give entities, and the query that is reachable from what they give. */
export const desk: FederationSource = {
  name: 'desk',
  subgraphs: {
    tickets: `
      type Query { ticket(id: ID!): Ticket tickets: [Ticket!]! }
      type Mutation {
        open(title: String!, priority: Int = 3): Opened!
        close(id: ID!, reason: Reason): Ticket
        touch: Boolean
      }
      input Reason { text: String! = "none" tags: [String!] = ["a", "b"] nested: Reason }
      type Opened { ticket: Ticket! query: Query warnings: [String!]! }
      type Ticket @key(fields: "id") { id: ID! title: String! open: Boolean }
    `,
    agents: `
      type Query { agents: [Agent] }
      type Mutation { assign(ticket: ID!, to: [ID!]!): Assigned promote(id: ID!): Agent! }
      type Assigned { agent: Agent! tickets: [Ticket!] query: Query! }
      type Agent @key(fields: "id") { id: ID! name: String! tickets: [Ticket!] }
      type Ticket @key(fields: "id") { id: ID! assignee: Agent history: [Note!]! }
      type Note { text: String! by: Agent }
    `,
    audit: `
      type Mutation { audit: [Entry!] }
      type Entry { at: Int! agent: Agent ticket: Ticket query: Query }
      type Agent @key(fields: "id") { id: ID! trusted: Boolean! }
      type Ticket @key(fields: "id") { id: ID! audited: Boolean }
      type Query { log: [Entry!] }
    `,
  },
};
