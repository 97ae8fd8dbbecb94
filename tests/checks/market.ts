import { readFileSync } from 'node:fs';
import { parse, Source } from 'graphql';
import type { SubgraphSchema } from '../../composition/definitions.ts';

/** Instead of the first text, which a subgraph's schema has once, it says the second. */
export type Edit = readonly [subgraph: string, from: string, to: string];

const NAMES = ['users', 'catalog', 'cart', 'media', 'recommendations'];

const fileOf = (name: string): string => `subgraphs/${name}/schema.graphql`;

const TEXTS = new Map(NAMES.map((name) => [name, readFileSync(fileOf(name), 'utf8')]));

/** The market's schemas, as a change would leave them. */
export const marketWith = (edits: readonly Edit[]): readonly SubgraphSchema[] => {
  const texts = new Map(TEXTS);
  for (const [subgraph, from, to] of edits) {
    const text = texts.get(subgraph) ?? '';
    if (text.split(from).length !== 2) throw new Error(`${subgraph} has not once: ${from}`);
    texts.set(
      subgraph,
      text.replace(from, () => to),
    );
  }
  return [...texts].map(([name, text]) => ({
    name,
    url: `http://${name}/graphql`,
    document: parse(new Source(text, fileOf(name))),
  }));
};
