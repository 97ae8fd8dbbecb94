import { composeServices } from '@apollo/composition';
import type { ASTNode, GraphQLError, Source } from 'graphql';
import { type ReadText, readConfig, readFromDisk } from './config.ts';
import { cureOf } from './cures.ts';
import { definitionOf, type SubgraphSchema } from './definitions.ts';
import { definedDifferently } from './differences.ts';
import { CompositionFailure } from './failure.ts';
import { locationOf, type Place, placeAt, printPlace } from './place.ts';
import type { Problem } from './problem.ts';
import { readSubgraphSchema } from './schemas.ts';
import { printUnreachable, readUnreachable, type Unreachable } from './steps.ts';
import { suggestionFor } from './suggestions.ts';

export interface Composition {
  /** The supergraph's SDL, ending in a line break. */
  readonly supergraph: string;
  /** What composes but may not be meant, each with code and place. */
  readonly hints: readonly Problem[];
}

/**
 * Composes the subgraphs that the file at `configPath` names.
 *
 * @throws CompositionFailure with a message for each error: subgraph, file, line, column, code, the
 *   lines of the schema, and how to mend it.
 */
export const compose = async (configPath: string): Promise<Composition> => {
  const composed = composeSchemas(await readSchemas(configPath));
  if ('problems' in composed) throw new CompositionFailure(composed.problems);
  return composed;
};

/**
 * The schemas of the subgraphs that the file at `configPath` names.
 *
 * @throws CompositionFailure where one cannot be read, or is not GraphQL
 */
export const readSchemas = async (
  configPath: string,
  readText: ReadText = readFromDisk,
): Promise<readonly SubgraphSchema[]> => {
  const configs = await readConfig(configPath, readText);
  const read = await Promise.allSettled(
    configs.map(async (config) => ({
      name: config.name,
      url: config.routingUrl,
      document: await readSubgraphSchema(config, readText),
    })),
  );
  const problems = read.flatMap((each) => (each.status === 'rejected' ? problemsIn(each) : []));
  if (problems.length > 0) throw new CompositionFailure(problems);
  return read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
};

const problemsIn = ({ reason }: PromiseRejectedResult): readonly Problem[] => {
  if (reason instanceof CompositionFailure) return reason.problems;
  throw reason;
};

/** Composes subgraphs; where they do not compose, says why. */
export const composeSchemas = (
  subgraphs: readonly SubgraphSchema[],
): Composition | { readonly problems: readonly Problem[] } => {
  const result = composeDocuments(subgraphs);
  if (result instanceof Error) return { problems: [composerFailed(result, subgraphs)] };
  if (result.errors !== undefined) {
    return { problems: inOne(result.errors.map((error) => problemOf(error, subgraphs))) };
  }
  const hints = result.hints.map(({ definition: { code }, message, nodes = [] }) => ({
    code,
    message,
    places: placesOf(nodes, subgraphs),
    cure: null,
  }));
  return { supergraph: `${result.supergraphSdl.trimEnd()}\n`, hints };
};

/** What is said of several places is said once; so is one cure that opens the way to several fields. */
const inOne = (problems: readonly Problem[]): readonly Problem[] => {
  const alike = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { code, cure, message } = problem;
    const isOpened = code === UNSATISFIABLE && cure !== cureOf(code);
    const key = isOpened ? `${cure}` : `${code} ${message}`;
    alike.set(key, [...(alike.get(key) ?? []), problem]);
  }
  return [...alike.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    const fields = new Set(others.flatMap(({ message }) => unreachedIn(message)));
    for (const field of unreachedIn(first.message)) fields.delete(field);
    const nor = fields.size === 0 ? '' : `\nNor does any reach ${[...fields].join(', ')}.`;
    const places = distinct([first, ...others].flatMap((each) => each.places));
    return { ...first, places, message: `${first.message}${nor}` };
  });
};

const UNSATISFIABLE = 'SATISFIABILITY_ERROR';

const unreachedIn = (message: string): readonly string[] => {
  const [, field] = /^No query reaches (\w+\.\w+)/.exec(message) ?? [];
  return field === undefined ? [] : [field];
};

const distinct = (places: readonly Place[]): readonly Place[] => [
  ...new Map(places.map((place) => [printPlace(place), place])).values(),
];

/** Apollo's composer throws at some schemas that it should refuse. */
const composeDocuments = (subgraphs: readonly SubgraphSchema[]) => {
  try {
    return composeServices(
      subgraphs.map(({ name, url, document }) => ({ name, url, typeDefs: document })),
    );
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};

const composerFailed = ({ message }: Error, subgraphs: readonly SubgraphSchema[]): Problem => ({
  code: 'COMPOSER_FAILED',
  message: `The composer gave up: ${message}`,
  places: placesOf(definedDifferently(subgraphs), subgraphs),
  cure: 'Give what is defined in several subgraphs the same kind and type in each.',
});

const problemOf = (error: GraphQLError, subgraphs: readonly SubgraphSchema[]): Problem => {
  const code = String(error.extensions['code'] ?? 'UNKNOWN');
  const cure = suggestionFor(code, error.message, subgraphs) ?? cureOf(code);
  const given = distinct(placesOf(error.nodes ?? [], subgraphs));
  const unreachable = readUnreachable(error.message);
  if (unreachable === null) {
    const places = given.length > 0 ? given : topOf(error.message, subgraphs);
    return { code, message: error.message, places, cure };
  }
  const message = printUnreachable(unreachable, subgraphs);
  return { code, message, places: [...given, ...definitionsOf(unreachable, subgraphs)], cure };
};

/** The composer names no place for it: it is where the field is defined that cannot be reached. */
const definitionsOf = (
  { target, owners }: Unreachable,
  subgraphs: readonly SubgraphSchema[],
): readonly Place[] => {
  const nodes = subgraphs
    .filter(({ name }) => owners.length === 0 || owners.includes(name))
    .flatMap((each) => definitionOf(each, target) ?? []);
  return placesOf(nodes, subgraphs);
};

/** Of a message without a place that begins with `[subgraph]`, the top of its schema, where its @links are. */
const topOf = (message: string, subgraphs: readonly SubgraphSchema[]): readonly Place[] => {
  const [, name] = /^\[([^\]]+)\]/.exec(message) ?? [];
  const top = subgraphs.find((each) => each.name === name)?.document.definitions[0];
  return top === undefined ? [] : placesOf([top], subgraphs);
};

const placesOf = (
  nodes: readonly ASTNode[],
  subgraphs: readonly SubgraphSchema[],
): readonly Place[] =>
  nodes.flatMap((node) => {
    const loc = locationOf(node);
    return loc === undefined ? [] : [placeAt(loc, ownerOf(loc.source, subgraphs))];
  });

/** Not every node that the composer names says whose it is, but each comes from somebody's file. */
const ownerOf = (source: Source, subgraphs: readonly SubgraphSchema[]): string | null =>
  subgraphs.find(({ document }) => document.loc?.source === source)?.name ?? null;
