import { parse, Source } from 'graphql';
import type { SubgraphSchema } from '../../../composition/definitions.ts';

/** What a subgraph's schema is instead. */
export type Edit = readonly [subgraph: keyof typeof SCHEMAS, from: string, to: string];

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@external", "@key", "@provides", "@requires", "@shareable"])';

/** A library: `books` lead to `people` who wrote them, to `ratings` and to the `shelves` where they stand. */
const SCHEMAS = {
  books: `
type Query { book(id: ID!): Book newest: [Work!] @shareable }
interface Work { id: ID! title: String }
type Book implements Work @key(fields: "id") {
  id: ID!
  title: String @shareable
  pages: Int
  author: Person
  blurb: String @shareable
}
type Film implements Work @key(fields: "id") { id: ID! title: String }
type Person @key(fields: "id") { id: ID! }`,
  people: `
type Query { person(id: ID!): Person }
type Person @key(fields: "id") { id: ID! name: String born: Int }`,
  ratings: `
type Book @key(fields: "id") { id: ID! stars: Float blurb: String @shareable }
type Film @key(fields: "id") { id: ID! stars: Float }`,
  shelves: `
type Query { random: Book @provides(fields: "title") }
type Book @key(fields: "id") {
  id: ID!
  title: String @external
  shelf: String
}`,
};

export const libraryWith = (edits: readonly Edit[]): readonly SubgraphSchema[] => {
  const texts = new Map<string, string>(Object.entries(SCHEMAS));
  for (const [name, from, to] of edits) {
    const text = texts.get(name) ?? '';
    if (text.split(from).length !== 2) throw new Error(`${name} has not once: ${from}`);
    texts.set(
      name,
      text.replace(from, () => to),
    );
  }
  return [...texts].map(([name, text]) => ({
    name,
    url: `http://${name}/graphql`,
    document: parse(new Source(`${LINK}${text}`, `${name}.graphql`)),
  }));
};
