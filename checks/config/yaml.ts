import { didYouMean, suggestionList } from '@apollo/federation-internals';
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument } from 'yaml';
import { CheckFailure } from '../failure.ts';

/** A key of a map with what stands behind it. */
export interface Entry {
  readonly name: string;
  /** Where mistakes of the name are shown. */
  readonly key: unknown;
  readonly value: unknown;
}

/**
 * A YAML file that is read with its places. A mistake is written down, and what is mistaken counts as left
 * out, so that people hear of all mistakes at once.
 */
export interface ReadFile {
  readonly root: unknown;
  readonly mistake: (node: unknown, path: string, problem: string) => void;
  /** The entries of a map; none where it was left empty. */
  readonly entries: (node: unknown, path: string, cure: string) => readonly Entry[];
  /** @throws CheckFailure with all mistakes, where there are some */
  readonly refuseMistakes: () => void;
}

/** @param text what the file at `file` holds */
export const readYaml = (file: string, text: string): ReadFile => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const mistakes: string[] = [];
  const mistake = (node: unknown, path: string, problem: string): void => {
    const { line, col } = lines.linePos(startOf(node));
    mistakes.push([`${file}:${line}:${col}`, path, problem].filter(Boolean).join(': '));
  };
  const behind = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  for (const { message, pos } of document.errors) {
    const [reason = ''] = message.split(/ at line|\n/);
    mistake({ range: pos }, '', `not YAML: ${reason}: correct it there.`);
  }
  return {
    root: document.contents,
    mistake,
    entries: (node, path, cure) => {
      if (isMap(node)) {
        return node.items.map(
          ({ key, value }: Pair): Entry => ({
            name: String(isScalar(key) ? key.value : key),
            key,
            value: behind(value),
          }),
        );
      }
      if (!isEmpty(node)) mistake(node, path, `no map of keys: ${cure}`);
      return [];
    },
    refuseMistakes: () => {
      if (mistakes.length > 0) throw new CheckFailure(mistakes);
    },
  };
};

/** `no such …`, with what was meant, or what there is. */
export const unknownName = (what: string, name: string, known: readonly string[]): string => {
  const suggested = suggestionList(name, known);
  if (suggested.length > 0) return `no such ${what}.${didYouMean(suggested)}`;
  return `no such ${what}. ${known.length > 0 ? `There are ${known.join(', ')}.` : 'There is none.'}`;
};

const isEmpty = (node: unknown): boolean =>
  node === undefined || node === null || (isScalar(node) && node.value === null);

/** What a plain value says; undefined where it is a map or a list. */
export const plain = (node: unknown): unknown => (isScalar(node) ? node.value : undefined);

/** The texts of a list; undefined where it is anything else. */
export const texts = (node: unknown): readonly string[] | undefined => {
  const values = isSeq(node) ? node.items.map(plain) : [undefined];
  return values.every((value) => typeof value === 'string') ? values : undefined;
};

/** Where a node begins, in characters from the beginning of the file. */
const startOf = (node: unknown): number => {
  const { range } = Object(node);
  return Array.isArray(range) ? Number(range[0]) : 0;
};
