import { composeServices } from '@apollo/composition';
import type { ASTNode, GraphQLError, Source } from 'graphql';
import { type ReadText, readConfig, readFromDisk } from './config.ts';
import { cureOf } from './cures.ts';
import { definitionOf, type SubgraphSchema } from './definitions.ts';
import { CompositionFailure } from './failure.ts';
import { locationOf, type Place, placeAt } from './place.ts';
import type { Problem } from './problem.ts';
import { readSubgraphSchema } from './schemas.ts';
import { printSteps, readSteps } from './steps.ts';
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
  if (result instanceof Error) return { problems: [composerFailed(result)] };
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

/** Where one cure opens the way to several fields, the first of them is told, and the others with it. */
const inOne = (problems: readonly Problem[]): readonly Problem[] => {
  const byCure = new Map<string, Problem[]>();
  for (const problem of problems) {
    const { code, cure, message } = problem;
    const key = code === UNSATISFIABLE && cure !== cureOf(code) ? `${cure}` : message;
    byCure.set(key, [...(byCure.get(key) ?? []), problem]);
  }
  return [...byCure.values()].flatMap(([first, ...others]) => {
    if (first === undefined || others.length === 0) return first ?? [];
    const fields = others.map(({ message }) => /^No query reaches (\w+\.\w+)/.exec(message)?.[1]);
    const places = [first, ...others].flatMap((each) => each.places);
    return { ...first, places, message: `${first.message}\nNor ${fields.join(', ')}.` };
  });
};

const UNSATISFIABLE = 'SATISFIABILITY_ERROR';

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

const composerFailed = ({ message }: Error): Problem => ({
  code: 'COMPOSER_FAILED',
  message: `The composer gave up: ${message}`,
  places: [],
  cure: 'Look for a type of this name that is of different kinds in different subgraphs.',
});

const problemOf = (error: GraphQLError, subgraphs: readonly SubgraphSchema[]): Problem => {
  const code = String(error.extensions['code'] ?? 'UNKNOWN');
  const cure = suggestionFor(code, error.message, subgraphs) ?? cureOf(code);
  const given = placesOf(error.nodes ?? [], subgraphs);
  const steps = readSteps(error.message);
  if (steps === null) return { code, message: error.message, places: given, cure };
  const message = `No query reaches ${steps.target}. The shortest that would:\n${printSteps(steps)}`;
  return { code, message, places: [...given, ...unreachable(steps, subgraphs)], cure };
};

/** The composer names no place for it: it is where the field is defined that cannot be reached. */
const unreachable = (
  { target, owners }: NonNullable<ReturnType<typeof readSteps>>,
  subgraphs: readonly SubgraphSchema[],
): readonly Place[] => {
  const nodes = subgraphs
    .filter(({ name }) => owners.length === 0 || owners.includes(name))
    .flatMap((each) => definitionOf(each, target) ?? []);
  return placesOf(nodes, subgraphs);
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
