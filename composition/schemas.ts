import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { type DocumentNode, GraphQLError, parse, printError, Source } from 'graphql';
import { request } from 'undici';
import type { SubgraphConfig } from './config.ts';
import { CompositionFailure } from './failure.ts';

const SDL_TIMEOUT_MS = 10_000;

/**
 * The schema of a subgraph, parsed under the name of its file or URL, so that errors can tell the place.
 *
 * @throws CompositionFailure where it cannot be read or is not GraphQL.
 */
export const readSubgraphSchema = async ({
  name,
  schema,
}: SubgraphConfig): Promise<DocumentNode> => {
  const source =
    schema.kind === 'file'
      ? await fromFile(name, schema.path)
      : await fromService(name, schema.url);
  try {
    return parse(source);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new CompositionFailure([`${name}: ${printError(error)}`]);
  }
};

const fromFile = async (name: string, path: string): Promise<Source> => {
  const shown = relative(process.cwd(), path);
  try {
    return new Source(await readFile(path, 'utf8'), shown);
  } catch {
    throw new CompositionFailure([`${name}: its schema ${shown} cannot be read.`]);
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
    throw new CompositionFailure([`${name}: ${url} cannot be asked for its schema (${reason}).`]);
  }
  throw new CompositionFailure([`${name}: ${url} did not answer \`{ _service { sdl } }\`.`]);
};

const sdlOf = (body: unknown): string | undefined => {
  const data: unknown = Object(body).data;
  const service: unknown = Object(data)._service;
  const sdl: unknown = Object(service).sdl;
  return typeof sdl === 'string' ? sdl : undefined;
};
