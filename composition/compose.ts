import { composeServices } from '@apollo/composition';
import {
  type ASTNode,
  type GraphQLError,
  getLocation,
  type Location,
  printLocation,
} from 'graphql';
import { readConfig, type SubgraphConfig } from './config.ts';
import { cureOf } from './cures.ts';
import { CompositionFailure } from './failure.ts';
import { readSubgraphSchema } from './schemas.ts';

export interface Composition {
  /** The supergraph's SDL, ending in a line break. */
  readonly supergraph: string;
  /** What composes but may not be meant, each with code and place. */
  readonly hints: readonly string[];
}

/**
 * Composes the subgraphs that the file at `configPath` names.
 *
 * @throws CompositionFailure with a message for each error: subgraph, file, line, column, code, the
 *   lines of the schema, and how to mend it.
 */
export const compose = async (configPath: string): Promise<Composition> => {
  const configs = await readConfig(configPath);
  const services = await Promise.all(configs.map(toService));
  const result = composeServices(services);
  if (result.errors !== undefined) {
    throw new CompositionFailure(result.errors.map(describeError));
  }
  return {
    supergraph: `${result.supergraphSdl.trimEnd()}\n`,
    hints: result.hints.map(describeHint),
  };
};

const toService = async (config: SubgraphConfig) => ({
  name: config.name,
  url: config.routingUrl,
  typeDefs: await readSubgraphSchema(config),
});

const describeError = (error: GraphQLError): string => {
  const code = String(error.extensions['code'] ?? 'UNKNOWN');
  const nodes = error.nodes ?? [];
  return [
    `${placesOf(nodes)}${code}: ${error.message}`,
    ...excerptsOf(nodes),
    ...(cureOf(code) === '' ? [] : [`To mend it: ${cureOf(code)}`]),
  ].join('\n');
};

type Hint = NonNullable<ReturnType<typeof composeServices>['hints']>[number];

const describeHint = (hint: Hint): string =>
  `${placesOf(hint.nodes ?? [])}${hint.definition.code}: ${hint.message}`;

/** `catalog subgraphs/catalog/schema.graphql:12:3, ` for each node, or nothing. */
const placesOf = (nodes: readonly ASTNode[]): string => {
  const places = nodes.flatMap((node) => {
    const loc = placeOf(node);
    if (loc === undefined) return [];
    const { line, column } = getLocation(loc.source, loc.start);
    const subgraph = 'subgraph' in node ? `${node.subgraph} ` : '';
    return [`${subgraph}${loc.source.name}:${line}:${column}`];
  });
  return places.length === 0 ? '' : `${places.join(', ')} `;
};

const excerptsOf = (nodes: readonly ASTNode[]): string[] =>
  nodes.flatMap((node) => {
    const loc = placeOf(node);
    return loc === undefined ? [] : [printLocation(loc)];
  });

/** A definition begins with its description; what people look for is its name. */
const placeOf = (node: ASTNode): Location | undefined =>
  'name' in node && node.name !== undefined ? node.name.loc : node.loc;
