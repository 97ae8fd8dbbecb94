import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { request } from 'undici';
import { readSchemas } from '../../composition/compose.ts';
import type { SubgraphSchema } from '../../composition/definitions.ts';
import { CheckFailure } from '../failure.ts';
import { commitOf, mergeBaseWith, readAt } from './git.ts';

/** What a change is compared with. */
export type Base =
  /** @property name how it is called in reports */
  | { readonly kind: 'none'; readonly name: string }
  | {
      readonly kind: 'subgraphs';
      readonly name: string;
      readonly subgraphs: readonly SubgraphSchema[];
    }
  | { readonly kind: 'supergraph'; readonly name: string; readonly sdl: string };

const TIMEOUT_MS = 10_000;

/** Where branches usually leave from. */
const TRUNKS = ['origin/HEAD', 'origin/main', 'origin/master'];

/**
 * Finds what `--base` names: a URL or a file of a supergraph, another supergraph.yaml, or a git ref; where it is not
 * given, where this branch left the trunk, or the last commit.
 *
 * @param configPath the supergraph.yaml, which a git ref has too
 * @throws CheckFailure where what was named is not there
 * @throws CompositionFailure where its schemas cannot be read
 */
export const findBase = async (named: string | undefined, configPath: string): Promise<Base> => {
  if (named === undefined) return usualBase(configPath);
  if (/^https?:\/\//.test(named)) {
    return { kind: 'supergraph', name: named, sdl: await download(named) };
  }
  if (existsSync(named)) return fromFile(named);
  const commit = await commitOf(named);
  if (commit !== null) return fromCommit(commit, named, configPath);
  throw new CheckFailure([
    `--base ${named} is neither a file nor a commit here: name one, fetch it (git fetch origin), or leave --base out.`,
  ]);
};

const usualBase = async (configPath: string): Promise<Base> => {
  for (const trunk of TRUNKS) {
    const commit = await mergeBaseWith(trunk);
    if (commit !== null) return fromCommit(commit, `where it left ${trunk}`, configPath);
  }
  const head = await commitOf('HEAD');
  if (head !== null) return fromCommit(head, 'HEAD', configPath);
  return { kind: 'none', name: 'nothing: this is no git repository; name a base with --base' };
};

const fromCommit = async (commit: string, name: string, configPath: string): Promise<Base> => {
  const short = commit.slice(0, 7);
  const called = name.startsWith(short) ? name : `${short} (${name})`;
  const read = readAt(commit);
  const isThere = await read(configPath).then(
    () => true,
    () => false,
  );
  if (!isThere) return { kind: 'none', name: `nothing: ${called} has no ${configPath}` };
  return { kind: 'subgraphs', name: called, subgraphs: await readSchemas(configPath, read) };
};

const fromFile = async (file: string): Promise<Base> =>
  /\.ya?ml$/.test(file)
    ? { kind: 'subgraphs', name: file, subgraphs: await readSchemas(file) }
    : { kind: 'supergraph', name: file, sdl: await readFile(file, 'utf8') };

const download = async (url: string): Promise<string> => {
  try {
    const { statusCode, body } = await request(url, {
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
    });
    const text = await body.text();
    if (statusCode === 200) return text;
    throw new Error(`it answers with status ${statusCode}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CheckFailure([`--base ${url} cannot be read (${reason}).`]);
  }
};
