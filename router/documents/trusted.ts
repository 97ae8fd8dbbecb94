import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type DocumentNode, parse } from 'graphql';
import { SettingsError } from '../../process/settings.ts';
import { hashOf } from './persisted.ts';
import { canonicalText, foldersIn, operationsIn } from './registered.ts';

/** The documents that frontends have registered. */
export interface TrustedDocuments {
  /** The text of the one with this id. */
  readonly find: (id: string) => string | undefined;
  /** Whether it is one of them, however it is written. */
  readonly has: (document: DocumentNode) => boolean;
  readonly count: number;
}

export const NO_DOCUMENTS: TrustedDocuments = {
  find: () => undefined,
  has: () => false,
  count: 0,
};

/** What graphql-codegen's client preset writes beside the types: the text of each document by its id. */
const MANIFEST = 'persisted-documents.json';

/**
 * Reads what frontends have registered: in the folder, a folder for each application, with its
 * operations in `.graphql` files, or as graphql-codegen writes them in `persisted-documents.json`. An
 * operation of a `.graphql` file has the SHA-256 of its text as its id, with the fragments that it uses
 * after it, as graphql-js prints them.
 *
 * @param folder need not exist
 * @param services the folder of services' operations, which may lie in it
 * @throws SettingsError where a file cannot be read
 */
export const readTrustedDocuments = (folder: string, services: string): TrustedDocuments => {
  const apps = foldersIn(folder)
    .map((name) => path.join(folder, name))
    .filter((app) => path.resolve(app) !== path.resolve(services));
  const texts = new Map(apps.flatMap((app) => [...printed(app), ...manifestOf(app)]));
  const canonical = new Set([...texts.values()].map((text) => canonicalText(parse(text))));
  return {
    find: (id) => texts.get(id),
    has: (document) => canonical.has(canonicalText(document)),
    count: canonical.size,
  };
};

const printed = (app: string): readonly (readonly [string, string])[] =>
  operationsIn(app, 'OPERATIONS').map((text) => [hashOf(text), text]);

const manifestOf = (app: string): readonly (readonly [string, string])[] => {
  const file = path.join(app, MANIFEST);
  if (!existsSync(file)) return [];
  const content: unknown = readJson(file);
  const entries = Object.entries(Object(content));
  return entries.map(([id, text]) => {
    if (typeof text === 'string' && isGraphql(text)) return [id, text];
    throw new SettingsError(`OPERATIONS: ${file}: ${id} is no GraphQL document.`);
  });
};

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new SettingsError(`OPERATIONS: ${file} is not JSON.`);
  }
};

const isGraphql = (text: string): boolean => {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
};
