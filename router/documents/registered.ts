import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type DocumentNode,
  GraphQLError,
  Kind,
  parse,
  print,
  Source,
  separateOperations,
} from 'graphql';
import { isServiceName, type ServiceName } from '../../contract/service-token.ts';
import { SettingsError } from '../../process/settings.ts';

/** What services may ask: their trusted documents. */
export type RegisteredOperations = (service: ServiceName) => ReadonlySet<string>;

const NONE: ReadonlySet<string> = new Set();

export const NO_OPERATIONS: RegisteredOperations = () => NONE;

/**
 * Reads the operations that services have registered: in the folder, a folder for each service, whose
 * files may use each other's fragments.
 *
 * @param folder need not exist
 * @throws SettingsError where a file is not GraphQL, or a folder is not named like a service
 */
export const readRegisteredOperations = (folder: string): RegisteredOperations => {
  const services = foldersIn(folder).map((name) => {
    if (isServiceName(name)) return [name, canonicalIn(path.join(folder, name))] as const;
    throw new SettingsError(
      `SERVICE_OPERATIONS: ${folder} has a folder for ${name}, which is no service.`,
    );
  });
  const byService = new Map(services);
  return (service) => byService.get(service) ?? NONE;
};

/** @param folder need not exist */
export const foldersIn = (folder: string): readonly string[] => {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
};

const canonicalIn = (folder: string): ReadonlySet<string> =>
  new Set(operationsIn(folder, 'SERVICE_OPERATIONS').map((text) => canonicalText(parse(text))));

/**
 * The operations of a folder's files, each with the fragments that it uses.
 *
 * @param setting that names the folder
 * @throws SettingsError where a file is not GraphQL
 */
export const operationsIn = (folder: string, setting: string): readonly string[] => {
  // In the order of their names: an operation's id is of its text, with its fragments in the order of the files.
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const documents = files
    .filter((file) => file.endsWith('.graphql'))
    .map((file) => readDocument(path.join(folder, file), setting));
  const definitions = documents.flatMap((document) => document.definitions);
  const separated = separateOperations({ kind: Kind.DOCUMENT, definitions });
  return Object.values(separated).map(print);
};

const readDocument = (file: string, setting: string): DocumentNode => {
  try {
    return parse(new Source(readFileSync(file, 'utf8'), file), { noLocation: true });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line = 1, column = 1 } = error.locations?.[0] ?? {};
    throw new SettingsError(`${setting}: ${file}:${line}:${column}: ${error.message}`);
  }
};

/** A document's text, however it was written and in whatever order its fragments stand. */
export const canonicalText = ({ definitions }: DocumentNode): string =>
  definitions
    .map((each) => print(each))
    .sort()
    .join('\n');
