import type { FederationSource } from './federation.ts';

/** Interfaces and unions of entities and of values, spread over subgraphs. */
export const newsroom: FederationSource = {
  name: 'newsroom',
  subgraphs: {
    stories: `
      type Query { feed(first: Int): [Item] search(text: String!): [Found!]! lead: Story }
      interface Item { id: ID! headline: String! related: [Item] }
      interface Signed { by: Person }
      union Found = Story | Person | Place
      type Story implements Item & Signed @key(fields: "id") {
        id: ID! headline: String! related: [Item] by: Person body: [Block!]
      }
      type Advert implements Item { id: ID! headline: String! related: [Item] sponsor: String }
      union Block = Paragraph | Quote | Embed
      type Paragraph { text: String! }
      type Quote implements Signed { text: String! by: Person }
      type Embed { of: Item size: Int }
      type Person @key(fields: "id") { id: ID! }
      type Place { name: String! }
    `,
    people: `
      type Query { people: [Person!] whoIsWho: [Known] }
      type Person @key(fields: "id") { id: ID! name: String! friends: [Person!] wrote: [Story] }
      type Story @key(fields: "id", resolvable: false) { id: ID! }
      type Team @key(fields: "id") { id: ID! members: [Person!]! }
      union Known = Person | Team
    `,
    comments: `
      type Story @key(fields: "id") { id: ID! comments(first: Int = 2): [Comment!] mood: Mood }
      type Team @key(fields: "id") { id: ID! motto: String }
      interface Mood { score: Int }
      type Happy implements Mood { score: Int laughs: Int! }
      type Angry implements Mood { score: Int about: Person }
      type Comment { text: String by: Person! replies: [Comment] }
      type Person @key(fields: "id") { id: ID! comments: [Comment] }
    `,
  },
};
