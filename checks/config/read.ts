import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ContractTerms } from '../../router/supergraph/contract/terms.ts';
import type { ChecksConfig } from './config.ts';
import { readLints } from './lints.ts';
import { type Entry, plain, type ReadFile, readYaml, texts, unknownName } from './yaml.ts';

const KEYS = ['operations', 'usage', 'clients', 'lints', 'contracts'] as const;

/**
 * Reads `checks.yaml`:
 *
 *   operations: operations
 *   usage: usage.json
 *   clients: { exclude: [internal] }
 *   lints:
 *     onlyNew: true
 *     rules:
 *       type-names: failure
 *       descriptions: { severity: warning, except: [id] }
 *   contracts:
 *     partners: { include: [public], exclude: [internal] }
 *
 * Paths are relative to the file.
 *
 * @param file need not exist: then everything is as it is by default
 * @throws CheckFailure with a message for each mistake: file, line, column, key, and the cure
 */
export const readChecksConfig = (file: string): ChecksConfig => {
  const yaml = readYaml(file, existsSync(file) ? readFileSync(file, 'utf8') : '');
  const cure = `write such as \`operations: operations\`.`;
  const root = knownEntries(yaml, yaml.entries(yaml.root, '', cure), '', KEYS);
  const beside = (name: string): string =>
    path.isAbsolute(name) ? name : path.join(path.dirname(file), name);
  const usage = readText(yaml, root.get('usage'));
  const config: ChecksConfig = {
    operations: beside(readText(yaml, root.get('operations')) ?? 'operations'),
    usage: usage === undefined ? null : beside(usage),
    clients: readTerms(yaml, root.get('clients'), 'clients') ?? {
      include: [],
      exclude: ['internal'],
    },
    lints: readLints(yaml, root.get('lints')?.value),
    contracts: readContracts(yaml, root.get('contracts')?.value),
  };
  yaml.refuseMistakes();
  return config;
};

/** The entries by name; those with another name are mistakes. */
const knownEntries = (
  yaml: ReadFile,
  entries: readonly Entry[],
  within: string,
  known: readonly string[],
): ReadonlyMap<string, Entry> => {
  for (const { name, key } of entries) {
    if (known.includes(name)) continue;
    yaml.mistake(key, `${within}${name}`, unknownName('key', name, known));
  }
  return new Map(entries.map((entry) => [entry.name, entry]));
};

const readText = (yaml: ReadFile, entry: Entry | undefined): string | undefined => {
  if (entry === undefined) return undefined;
  const text = plain(entry.value);
  if (typeof text === 'string' && text !== '') return text;
  yaml.mistake(entry.value ?? entry.key, entry.name, 'no path: write that of a file or folder.');
  return undefined;
};

const TERMS = ['include', 'exclude'] as const;

const readContracts = (yaml: ReadFile, node: unknown): Record<string, ContractTerms> => {
  const entries = yaml.entries(
    node,
    'contracts',
    'write such as `partners: { include: [public] }`.',
  );
  const contracts: Record<string, ContractTerms> = {};
  for (const entry of entries) {
    const terms = readTerms(yaml, entry, `contracts.${entry.name}`);
    if (terms === undefined) continue;
    contracts[entry.name] = terms;
    if (terms.include.length + terms.exclude.length > 0) continue;
    yaml.mistake(
      entry.key,
      `contracts.${entry.name}`,
      'it names no tags: write `include` or `exclude`.',
    );
  }
  return contracts;
};

const readTerms = (
  yaml: ReadFile,
  entry: Entry | undefined,
  within: string,
): ContractTerms | undefined => {
  if (entry === undefined) return undefined;
  const inner = yaml.entries(entry.value, within, 'write such as `exclude: [internal]`.');
  const known = knownEntries(yaml, inner, `${within}.`, TERMS);
  const tags = (name: (typeof TERMS)[number]): readonly string[] => {
    const term = known.get(name);
    const named = term === undefined ? [] : texts(term.value);
    if (term !== undefined && named === undefined) {
      yaml.mistake(
        term.value ?? term.key,
        `${within}.${name}`,
        'no list of tags: write such as `[internal]`.',
      );
    }
    return named ?? [];
  };
  const terms = { include: tags('include'), exclude: tags('exclude') };
  const both = terms.include.find((tag) => terms.exclude.includes(tag));
  if (both === undefined) return terms;
  yaml.mistake(entry.key, within, `${both} is included and excluded: take it out of one.`);
  return undefined;
};
