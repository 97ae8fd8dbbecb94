import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import { SettingsError } from '../process/settings.ts';
import { bySubgraph, isSubgraphName, SUBGRAPHS } from './subgraphs.ts';
import type { Place, Topology } from './topology.ts';

const EXAMPLE = 'http://10.0.0.5:4003/graphql';

/** What is wrong at a node of the file, which is called `key` there. */
type Complain = (node: unknown, key: string, problem: string) => SettingsError;

/**
 * Reads a file that says where subgraphs run; what it leaves out is a process of its own.
 *
 *   subgraphs:
 *     users: in-process
 *     catalog: process
 *     cart: { url: http://10.0.0.5:4003/graphql }
 *     recommendations: mock
 *     media: { urls: [http://10.0.0.6:4004/graphql, http://10.0.0.7:4004/graphql] }
 *
 * @throws SettingsError in one line: file, line and key, what is wrong, and the cure
 */
export const readTopologyFile = (file: string): Topology => {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines });
  const complain: Complain = (node, key, problem) => {
    const { line } = lines.linePos(startOf(node));
    return new SettingsError([`${file}:${line}`, key, problem].filter(Boolean).join(': '));
  };
  const [broken] = document.errors;
  if (broken !== undefined) {
    const reason = broken.message.split(/ at line|\n/)[0] ?? '';
    throw complain({ range: broken.pos }, '', `not YAML: ${reason}: correct it there`);
  }
  const subgraphs = readRoot(document.contents, complain);
  const places = new Map(entries(subgraphs, 'subgraphs', complain).map(readPlace(complain)));
  return bySubgraph((name) => places.get(name) ?? { kind: 'process' });
};

const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new SettingsError(
      `--topology ${file}: there is no such file: give services, monolith, or the path of a topology file`,
    );
  }
};

const readRoot = (contents: unknown, complain: Complain): unknown => {
  const root = entries(contents, 'the file', complain);
  const stray = root.find(([key]) => textOf(key) !== 'subgraphs');
  if (stray === undefined) return root[0]?.[1];
  throw complain(stray[0], String(textOf(stray[0])), 'no such key: write `subgraphs`');
};

const readPlace =
  (complain: Complain) =>
  ([key, value]: Entry): [string, Place] => {
    const name = String(textOf(key));
    const path = `subgraphs.${name}`;
    if (!isSubgraphName(name)) {
      throw complain(key, path, `no such subgraph: there are ${SUBGRAPHS.join(', ')}`);
    }
    const text = textOf(value);
    if (text === 'in-process' || text === 'process' || text === 'mock')
      return [name, { kind: text }];
    if (isMap(value)) return [name, { kind: 'remote', urls: readUrls(value, path, complain) }];
    const found = typeof text === 'string' ? `"${text}" is no place` : 'says no place';
    const cure = `write in-process, process, mock, or \`url: ${EXAMPLE}\``;
    throw complain(value ?? key, path, `${found}: ${cure}`);
  };

const readUrls = (
  map: unknown,
  path: string,
  complain: Complain,
): readonly [string, ...string[]] => {
  const [only = [map, undefined], ...others] = entries(map, path, complain);
  const [key, value] = only;
  const name = textOf(key);
  if (others.length > 0 || (name !== 'url' && name !== 'urls')) {
    const problem = 'not one of `url` and `urls`: write one of them, and nothing beside it';
    throw complain(others[0]?.[0] ?? key, path, problem);
  }
  const inner = `${path}.${name}`;
  const nodes = name === 'urls' && isSeq(value) ? value.items : [value ?? key];
  const [first, ...more] = nodes.map((node) => readUrl(node, inner, complain));
  if (first !== undefined) return [first, ...more];
  throw complain(key, inner, `no address: give at least one, such as ${EXAMPLE}`);
};

const readUrl = (node: unknown, path: string, complain: Complain): string => {
  const text = String(textOf(node));
  const problem = problemOf(text);
  if (problem === undefined) return text;
  throw complain(node, path, `${problem}: give the GraphQL endpoint, such as ${EXAMPLE}`);
};

const problemOf = (text: string): string | undefined => {
  if (!URL.canParse(text)) return 'not a URL';
  const { protocol, pathname, username } = new URL(text);
  if (protocol !== 'http:' && protocol !== 'https:')
    return `neither http: nor https: (${protocol})`;
  if (username !== '') return 'it names a user, who is never sent';
  if (pathname === '/') return 'it has no path';
  // Replicas are told to the router with commas between them.
  return text.includes(',') ? 'it has a comma' : undefined;
};

type Entry = readonly [key: unknown, value: unknown];

/** The pairs of a map; one that was left empty has none. */
const entries = (node: unknown, what: string, complain: Complain): readonly Entry[] => {
  if (node === undefined || node === null || textOf(node) === null) return [];
  if (isMap(node)) return node.items.map(({ key, value }: Pair): Entry => [key, value]);
  const cure = 'write `subgraphs:` and below it a line for each, such as `users: process`';
  throw complain(node, '', `${what} is no map: ${cure}`);
};

/** What a plain value says; undefined where it is a map, a list or nothing. */
const textOf = (node: unknown): unknown => (isScalar(node) ? node.value : undefined);

/** Where a node begins, in characters from the beginning of the file. */
const startOf = (node: unknown): number => {
  const { range } = Object(node);
  return Array.isArray(range) ? Number(range[0]) : 0;
};
