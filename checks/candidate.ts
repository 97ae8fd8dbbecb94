import { readFile } from 'node:fs/promises';
import { Source } from 'graphql';
import { readSchemas } from '../composition/compose.ts';
import type { SubgraphSchema } from '../composition/definitions.ts';
import { parseSchema } from '../composition/schemas.ts';
import type { Replacement } from './command-line.ts';
import { CheckFailure } from './failure.ts';

/** The schemas that are judged, and how they are called. */
export interface Candidate {
  readonly name: string;
  readonly subgraphs: readonly SubgraphSchema[];
}

/**
 * The working tree's schemas, with the one that stands in for a subgraph's.
 *
 * @throws CheckFailure, CompositionFailure where one cannot be read
 */
export const readCandidate = async (
  config: string,
  replacement: Replacement | null,
): Promise<Candidate> => {
  const subgraphs = await readSchemas(config);
  if (replacement === null) return { name: config, subgraphs };
  const { subgraph: name, schema } = replacement;
  const text = await readFile(schema, 'utf8').catch(() => {
    throw new CheckFailure([`--schema ${schema} cannot be read.`]);
  });
  const document = parseSchema(name, new Source(text, schema));
  const known = subgraphs.find((each) => each.name === name);
  const url = replacement.routingUrl ?? known?.url;
  if (url === undefined) {
    throw new CheckFailure([
      `--subgraph ${name} is none of ${subgraphs.map((each) => each.name).join(', ')}: give --routing-url for a new one.`,
    ]);
  }
  const replaced = { name, url, document };
  return {
    name: `${config} with ${name} as in ${schema}`,
    subgraphs: [...subgraphs.filter((each) => each !== known), replaced],
  };
};
