import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Kind, parse, TokenKind } from 'graphql';
import { CheckFailure } from '../../checks/failure.ts';
import { MANIFEST, operationsIn, sourcesOf } from '../../checks/operations/read.ts';

/**
 * Removes an operation by its name, with the comments above it, or a file.
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
  const source = operations.find(({ name }) => name === what)?.definition.loc?.source;
  if (source === undefined) {
    const names = operations.map(({ name }) => name);
    const known = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
    throw new CheckFailure([`${app} has no operation ${what}: ${known}.`]);
  }
  if (path.basename(source.name) === MANIFEST) removeText(source.name, source.body);
  else removeDefinition(source.name, what);
  return `Removed ${app} ${what} from ${source.name}.`;
};

const removeText = (manifest: string, body: string): void => {
  const texts = Object.entries(Object(JSON.parse(readFileSync(manifest, 'utf8'))));
  const left = texts.filter(([, text]) => text !== body);
  writeFileSync(manifest, `${JSON.stringify(Object.fromEntries(left), null, 2)}\n`);
};

const removeDefinition = (file: string, name: string): void => {
  const text = readFileSync(file, 'utf8');
  const { definitions } = parse(text);
  const definition = definitions.find(
    (each) => each.kind === Kind.OPERATION_DEFINITION && each.name?.value === name,
  );
  if (definition?.loc === undefined) return;
  let from = definition.loc.startToken;
  while (from.prev?.kind === TokenKind.COMMENT) from = from.prev;
  const left = `${text.slice(0, from.start).trimEnd()}\n${text.slice(definition.loc.end)}`.trim();
  if (left === '') rmSync(file);
  else writeFileSync(file, `${left}\n`);
};
