import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import { unreadable } from './failure.ts';

/** The text of a file, by its path. @throws where there is none */
export type ReadText = (path: string) => Promise<string>;

export const readFromDisk: ReadText = (path) => readFile(path, 'utf8');

/** Where the schema of a subgraph is read from. */
export type SchemaSource =
  | { readonly kind: 'file' /** Absolute. */; readonly path: string }
  | { readonly kind: 'url' /** Asked for `_service { sdl }`. */; readonly url: string };

export interface SubgraphConfig {
  readonly name: string;
  /** Where the router sends its requests; `subgraph_url` where no other is given. */
  readonly routingUrl: string;
  readonly schema: SchemaSource;
}

/**
 * The subgraphs that a `supergraph.yaml` names, in the format of Apollo's rover.
 *
 * @throws CompositionFailure naming the key that is missing or wrong.
 */
export const readConfig = async (
  path: string,
  readText: ReadText = readFromDisk,
): Promise<readonly SubgraphConfig[]> => {
  const text = await readText(path).catch(() => {
    throw unreadable(`${path} cannot be read: name another with --config FILE.`);
  });
  const config = record(parseYaml(path, text), path);
  checkFederationVersion(path, config['federation_version']);
  const subgraphs = Object.entries(record(config['subgraphs'], `${path}: subgraphs`));
  if (subgraphs.length === 0) throw unreadable(`${path} names no subgraphs.`);
  return subgraphs.map(([name, value]) => readSubgraph(path, name, value));
};

const parseYaml = (path: string, text: string): unknown => {
  try {
    return parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unreadable(`${path} is not YAML: ${reason}`);
  }
};

const checkFederationVersion = (path: string, version: unknown): void => {
  if (version === undefined || /^=?2(\.|$)/.test(String(version))) return;
  throw unreadable(
    `${path}: federation_version is ${version}; this composes federation 2, so write 2 or =2.x.y.`,
  );
};

const readSubgraph = (path: string, name: string, value: unknown): SubgraphConfig => {
  const place = `${path}: subgraphs.${name}`;
  const subgraph = record(value, place);
  const schema = record(subgraph['schema'], `${place}.schema`);
  const source = readSource(path, place, schema);
  const routingUrl = subgraph['routing_url'] ?? (source.kind === 'url' ? source.url : undefined);
  if (typeof routingUrl !== 'string') {
    throw unreadable(`${place}.routing_url is missing: where is ${name} served?`);
  }
  return { name, routingUrl, schema: source };
};

const readSource = (
  path: string,
  place: string,
  schema: Readonly<Record<string, unknown>>,
): SchemaSource => {
  const { file, subgraph_url: url } = schema;
  if (typeof file === 'string') return { kind: 'file', path: resolve(dirname(path), file) };
  if (typeof url === 'string') return { kind: 'url', url };
  throw unreadable(`${place}.schema needs \`file\` or \`subgraph_url\`.`);
};

const record = (value: unknown, place: string): Readonly<Record<string, unknown>> => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    // An object that is no array has string keys; what they hold is checked where they are read.
    return value as Record<string, unknown>;
  }
  throw unreadable(`${place} is missing or not a map of keys.`);
};
