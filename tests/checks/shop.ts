import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, Source } from 'graphql';
import { type RegisteredOperation, readOperations } from '../../checks/operations/read.ts';
import { openSubgraphs, type Side } from '../../checks/side.ts';
import type { SubgraphSchema } from '../../composition/definitions.ts';
import { planner } from './planner.ts';

/** Instead of the first text, which is there once, it says the second. */
export type Edit = readonly [from: string, to: string];

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@tag"])';

/** A shop of two subgraphs that has one of everything that can change. */
export const SCHEMAS = {
  shop: `${LINK}
type Query {
  item(id: ID!): Item
  items(kind: Kind, order: Order = NEWEST, filter: Filter): [Item!]!
  find(words: String!): [Found!]!
  stock: Int @tag(name: "internal")
}
type Mutation {
  offer(input: Offer!): Item
}
type Subscription {
  offered: Item
}
interface Thing {
  id: ID!
  name: String!
}
type Item implements Thing @key(fields: "id") {
  id: ID!
  name: String!
  kind: Kind!
  colour: String
  tags(first: Int): [String!]
  secret: String @tag(name: "internal")
}
type Bundle implements Thing {
  id: ID!
  name: String!
  items: [Item!]
}
union Found = Item | Bundle
enum Kind { BOOK LAMP }
enum Order { NEWEST CHEAPEST }
input Filter { text: String maxPrice: Int }
input Offer { name: String! kind: Kind! note: String }
scalar Url`,
  reviews: `${LINK}
type Item @key(fields: "id") {
  id: ID!
  stars: Float
  reviews: [Review!]
}
type Review {
  text: String!
  by: String
}`,
} as const;

export const shopWith = (edits: readonly Edit[]): readonly SubgraphSchema[] => {
  const texts = new Map<string, string>(Object.entries(SCHEMAS));
  for (const [from, to] of edits) {
    const hits = [...texts].filter(([, text]) => text.includes(from));
    const [hit] = hits;
    if (hits.length !== 1 || hit === undefined || hit[1].split(from).length !== 2) {
      throw new Error(`not there once: ${from}`);
    }
    texts.set(
      hit[0],
      hit[1].replace(from, () => to),
    );
  }
  return [...texts].map(([name, text]) => ({
    name,
    url: `http://${name}/graphql`,
    document: parse(new Source(text, `${name}.graphql`)),
  }));
};

/** @throws Error where it does not compose */
export const openShop = async (edits: readonly Edit[]): Promise<Side> => {
  const opened = await openSubgraphs(shopWith(edits), {
    planner,
    contract: { include: [], exclude: ['internal'] },
  });
  if ('problems' in opened) throw new Error(opened.problems.map(({ message }) => message).join());
  return opened;
};

/** Registers operations, each application's in one file. */
export const registered = (
  texts: Readonly<Record<string, string>>,
): readonly RegisteredOperation[] => {
  const folder = mkdtempSync(path.join(tmpdir(), 'emporium-operations-'));
  try {
    for (const [app, text] of Object.entries(texts)) {
      mkdirSync(path.join(folder, app), { recursive: true });
      writeFileSync(path.join(folder, app, 'all.graphql'), text);
    }
    return readOperations(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};
