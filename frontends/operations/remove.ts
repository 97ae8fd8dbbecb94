import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type DefinitionNode, TokenKind } from 'graphql';
import { CheckFailure } from '../../checks/failure.ts';
import { MANIFEST, operationsIn, sourcesOf } from '../../checks/operations/read.ts';

/**
 * Removes an operation by its name, with the comments above it and the fragments that no other uses; or a file.
 *
 * @returns what was done
 * @throws CheckFailure where there is neither
 */
export const removeOperations = (folder: string, app: string, what: string): string => {
  const file = path.join(folder, app, path.basename(what));
  if (/\.(graphql|json)$/.test(what) && existsSync(file)) {
    rmSync(file);
    return `Removed ${file}.`;
  }
  const operations = operationsIn(app, sourcesOf(path.join(folder, app)));
  const operation = operations.find(({ name }) => name === what);
  const source = operation?.definition.loc?.source;
  if (operation === undefined || source === undefined) {
    const names = operations.map(({ name }) => name);
    const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
    throw new CheckFailure([`${app} has no operation ${what}: ${known}.`]);
  }
  if (path.basename(source.name) === MANIFEST) removeText(source.name, source.body);
  else {
    const others = operations.filter((each) => each !== operation);
    const used = new Set(others.flatMap(({ document }) => document.definitions));
    removeDefinitions(operation.document.definitions.filter((each) => !used.has(each)));
  }
  return `Removed ${app} ${what} from ${source.name}.`;
};

const removeText = (manifest: string, body: string): void => {
  const texts = Object.entries(Object(JSON.parse(readFileSync(manifest, 'utf8'))));
  const left = texts.filter(([, text]) => text !== body);
  writeFileSync(manifest, `${JSON.stringify(Object.fromEntries(left), null, 2)}\n`);
};

const removeDefinitions = (definitions: readonly DefinitionNode[]): void => {
  // From the end of a file, so that places before it stay.
  const located = definitions
    .flatMap(({ loc }) => loc ?? [])
    .toSorted((one, other) => other.start - one.start);
  const texts = new Map(located.map(({ source }) => [source.name, source.body]));
  for (const { source, startToken, end } of located) {
    let from = startToken;
    while (from.prev?.kind === TokenKind.COMMENT) from = from.prev;
    const text = texts.get(source.name) ?? '';
    texts.set(source.name, `${text.slice(0, from.start).trimEnd()}\n${text.slice(end)}`);
  }
  for (const [file, text] of texts) {
    if (text.trim() === '') rmSync(file);
    else writeFileSync(file, `${text.trim()}\n`);
  }
};
