import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  parse,
  Source,
  separateOperations,
} from 'graphql';
import { locationOf, type Place, placeAt } from '../../composition/place.ts';
import { CheckFailure } from '../failure.ts';
import { type Promises, readPromises } from './promises.ts';

/** An operation that somebody registered, and that a change must not break. */
export interface RegisteredOperation {
  /** Its folder, such as `storefront` or `services/cart`. */
  readonly app: string;
  readonly name: string;
  /** Clients see the contract, services the whole API. */
  readonly sender: 'client' | 'service';
  /** The operation and the fragments that it uses, each located in its file. */
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly promises: Promises;
}

/** How it is called in messages. */
export const nameOf = ({ app, name }: RegisteredOperation): string => `${app} ${name}`;

/** Where it is in its file. */
export const placesOf = ({ definition }: RegisteredOperation): readonly Place[] => {
  const loc = locationOf(definition);
  return loc === undefined ? [] : [placeAt(loc)];
};

const SERVICES = 'services';
/** What graphql-codegen's client preset writes: the text of each document by its id. */
export const MANIFEST = 'persisted-documents.json';

/**
 * Reads the registered operations: in the folder, a folder for each application, and in `services` one for each
 * service, with `.graphql` files that may use each other's fragments, or a `persisted-documents.json`.
 *
 * @param folder need not exist
 * @throws CheckFailure with file, line and cure where one cannot be read
 */
export const readOperations = (folder: string): readonly RegisteredOperation[] => {
  const apps = foldersIn(folder).flatMap((name) =>
    name === SERVICES
      ? foldersIn(path.join(folder, name)).map((service) => `${SERVICES}/${service}`)
      : [name],
  );
  return apps.flatMap((app) => operationsIn(app, sourcesOf(path.join(folder, app))));
};

/**
 * The operations of an application, from all its files.
 *
 * @throws CheckFailure with file, line and cure where one is no GraphQL
 */
export const operationsIn = (
  app: string,
  sources: readonly Source[],
): readonly RegisteredOperation[] => {
  const definitions = sources.flatMap((source) => parseSource(source).definitions);
  return sources.flatMap((source) => {
    // Names of operations are a file's own. So are all of a manifest's text, which brings the fragments that it uses.
    const visible = definitions.filter(
      (each) =>
        each.loc?.source === source ||
        (each.kind === Kind.FRAGMENT_DEFINITION &&
          !isManifest(source) &&
          !isManifest(each.loc?.source)),
    );
    const separated = separateOperations({ kind: Kind.DOCUMENT, definitions: visible });
    return Object.values(separated).flatMap((document) => registeredAs(app, document));
  });
};

const isManifest = (source: Source | undefined): boolean =>
  source !== undefined && path.basename(source.name) === MANIFEST;

const registeredAs = (app: string, document: DocumentNode): readonly RegisteredOperation[] => {
  const definition = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (definition === undefined) return [];
  const promises = readPromises(definition);
  if ('problem' in promises) throw new CheckFailure([`${fileOf(definition)}: ${promises.problem}`]);
  const sender = app.startsWith(`${SERVICES}/`) ? 'service' : 'client';
  return [{ app, name: nameIn(definition), sender, document, definition, promises }];
};

const fileOf = ({ loc }: OperationDefinitionNode): string =>
  loc === undefined ? '' : `${loc.source.name}:${loc.startToken.line}`;

const nameIn = ({ name }: OperationDefinitionNode): string => name?.value ?? '(without a name)';

const foldersIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : [];

/** What an application's folder holds; nothing where there is none. */
export const sourcesOf = (folder: string): readonly Source[] => {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return files.flatMap((name) => {
    const file = path.join(folder, name);
    if (name.endsWith('.graphql')) return [new Source(readFileSync(file, 'utf8'), file)];
    return path.basename(name) === MANIFEST
      ? textsIn(file).map((text) => new Source(text, file))
      : [];
  });
};

const textsIn = (file: string): readonly string[] => {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Object.values(Object(content)).map(String);
  } catch {
    throw new CheckFailure([`${file} is not JSON: let graphql-codegen write it again.`]);
  }
};

const parseSource = (source: Source): DocumentNode => {
  try {
    return parse(source);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line = 1, column = 1 } = error.locations?.[0] ?? {};
    throw new CheckFailure([`${source.name}:${line}:${column}: ${error.message}`]);
  }
};
