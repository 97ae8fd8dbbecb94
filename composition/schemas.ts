import { relative } from 'node:path';
import {
  type DocumentNode,
  GraphQLError,
  getLocation,
  parse,
  printSourceLocation,
  Source,
} from 'graphql';
import { request } from 'undici';
import { type ReadText, readFromDisk, type SubgraphConfig } from './config.ts';
import { cureOf } from './cures.ts';
import { CompositionFailure, unreadable } from './failure.ts';
import type { Problem } from './problem.ts';

const SDL_TIMEOUT_MS = 10_000;

/**
 * The schema of a subgraph, parsed under the name of its file or URL, so that errors can tell the place.
 *
 * @throws CompositionFailure where it cannot be read or is not GraphQL.
 */
export const readSubgraphSchema = async (
  { name, schema }: SubgraphConfig,
  readText: ReadText = readFromDisk,
): Promise<DocumentNode> =>
  parseSchema(
    name,
    schema.kind === 'file'
      ? await fromFile(name, schema.path, readText)
      : await fromService(name, schema.url),
  );

/** @throws CompositionFailure with the place where it is not GraphQL */
export const parseSchema = (subgraph: string, source: Source): DocumentNode => {
  try {
    return parse(source);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new CompositionFailure([syntaxProblem(subgraph, source, error)]);
  }
};

const syntaxProblem = (subgraph: string, source: Source, error: GraphQLError): Problem => {
  const { message, positions: [position = 0] = [] } = error;
  const { line, column } = getLocation(source, position);
  const excerpt = printSourceLocation(source, { line, column });
  const place = { subgraph, file: source.name, line, column, excerpt };
  return { code: 'INVALID_GRAPHQL', message, places: [place], cure: cureOf('INVALID_GRAPHQL') };
};

const fromFile = async (name: string, path: string, readText: ReadText): Promise<Source> => {
  const shown = relative(process.cwd(), path);
  try {
    return new Source(await readText(path), shown);
  } catch {
    throw unreadable(`${name}: its schema ${shown} cannot be read.`);
  }
};

const fromService = async (name: string, url: string): Promise<Source> => {
  try {
    const answer = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ _service { sdl } }' }),
      headersTimeout: SDL_TIMEOUT_MS,
      bodyTimeout: SDL_TIMEOUT_MS,
    });
    const sdl = sdlOf(await answer.body.json());
    if (sdl !== undefined) return new Source(sdl, url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unreadable(`${name}: ${url} cannot be asked for its schema (${reason}).`);
  }
  throw unreadable(`${name}: ${url} did not answer \`{ _service { sdl } }\`.`);
};

const sdlOf = (body: unknown): string | undefined => {
  const data: unknown = Object(body).data;
  const service: unknown = Object(data)._service;
  const sdl: unknown = Object(service).sdl;
  return typeof sdl === 'string' ? sdl : undefined;
};
