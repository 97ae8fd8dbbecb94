import { readFile } from 'node:fs/promises';
import {
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { request } from 'undici';
import { readChecksConfig } from '../checks/config/read.ts';
import { CheckFailure } from '../checks/failure.ts';
import { buildContract } from '../router/supergraph/contract/build.ts';

const TIMEOUT_MS = 10_000;

/** What a frontend may ask. */
export interface ClientApi {
  /** The supergraph that it comes from. */
  readonly supergraph: string;
  /** SDL, as clients see it. */
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/**
 * The API as clients see it: the supergraph without what `checks.yaml` hides from them.
 *
 * @param from a file or a URL of a supergraph
 * @throws CheckFailure where there is none
 */
export const readClientApi = async (from: string, checks: string): Promise<ClientApi> => {
  const supergraph = await read(from);
  const built = build(from, supergraph);
  const contract = buildContract(supergraph, built, readChecksConfig(checks).clients);
  const sdl = `${(contract?.apiSdl ?? printSchema(built.apiSchema())).trimEnd()}\n`;
  return { supergraph, sdl, schema: buildSchema(sdl, { assumeValid: true }) };
};

const build = (from: string, sdl: string): Supergraph => {
  try {
    return Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new CheckFailure([`--supergraph ${from} is no supergraph: ${reason}`]);
  }
};

const read = async (from: string): Promise<string> => {
  try {
    return await (/^https?:\/\//.test(from) ? download(from) : readFile(from, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckFailure([
      `--supergraph ${from} cannot be read (${reason}): make it with \`npm run compose\`, or name another.`,
    ]);
  }
};

const download = async (url: string): Promise<string> => {
  const limits = { headersTimeout: TIMEOUT_MS, bodyTimeout: TIMEOUT_MS };
  const { statusCode, body } = await request(url, limits);
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  return text;
};
