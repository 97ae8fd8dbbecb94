import { readFile } from 'node:fs/promises';
import type { GraphQLDataSource } from '@apollo/gateway';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from '../../process/log.ts';
import { SettingsError } from '../../process/settings.ts';

// Read by @apollo/gateway when it is constructed: nobody asked for telemetry.
process.env['APOLLO_TELEMETRY_DISABLED'] ??= 'true';
const { ApolloGateway } = await import('@apollo/gateway');

type Gateway = InstanceType<typeof ApolloGateway>;

/** What depends on the document and the generation alone, and is kept. */
export interface PreparedDocument {
  readonly document: DocumentNode;
  /** SHA-256 of the text, in hex. */
  readonly hash: string;
}

/** A supergraph that is being served, with everything that depends on it; immutable but for its caches. */
export interface Generation {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** Plans and runs an operation. */
  readonly execute: Gateway['executor'];
  /** Parsed and validated documents by their text. */
  readonly documents: LRUCache<string, PreparedDocument>;
  readonly close: () => Promise<void>;
}

/** Documents are kept by the length of their text: a parsed one weighs about ten times as much. */
const MAX_DOCUMENT_CHARACTERS = 4_000_000;

/** The way to one subgraph: its name and the routing URL that the supergraph gives it. */
export type SubgraphConnector = (name: string, routingUrl: string) => GraphQLDataSource;

/**
 * Builds what serves the supergraph in the file at `path`.
 *
 * @throws SettingsError where the file cannot be read or is no supergraph.
 */
export const loadGeneration = async (
  path: string,
  connect: SubgraphConnector,
  log: Logger,
): Promise<Generation> => {
  const supergraphSdl = await readFile(path, 'utf8').catch(() => {
    throw new SettingsError(
      `SUPERGRAPH: ${path} cannot be read. Make it with \`npm run compose\`, or name another file.`,
    );
  });
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: log.child({ part: 'gateway' }, { level: 'warn' }),
    buildService: ({ name, url }) => connect(name, url ?? ''),
  });
  const { schema, executor } = await gateway.load().catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError(
      `SUPERGRAPH: ${path} is not a supergraph that can be served. ${reason}`,
    );
  });
  return {
    schema,
    execute: executor,
    documents: new LRUCache({
      maxSize: MAX_DOCUMENT_CHARACTERS,
      sizeCalculation: (_value, text) => text.length + 1,
    }),
    close: () => gateway.stop(),
  };
};
