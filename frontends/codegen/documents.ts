import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  parse,
  printError,
  Source,
  validate,
} from 'graphql';
import { CheckFailure } from '../../checks/failure.ts';

/**
 * Reads the `.graphql` files of a folder, which may use each other's fragments, and holds them to a schema.
 *
 * @returns how many operations there are
 * @throws CheckFailure with file, line, column, excerpt and what the schema has for everything that does not fit
 */
export const checkDocuments = (folder: string, schema: GraphQLSchema): number => {
  const definitions = filesIn(folder).flatMap((file) => parsed(file).definitions);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions };
  if (definitions.length === 0) return 0;
  const errors = validate(schema, document);
  if (errors.length > 0) throw new CheckFailure(errors.map(printError));
  return definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
};

const filesIn = (folder: string): readonly string[] => {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter((name) => name.endsWith('.graphql')).map((name) => path.join(folder, name));
  } catch {
    throw new CheckFailure([
      `--operations ${folder} is no folder: name the one with your queries.`,
    ]);
  }
};

const parsed = (file: string): DocumentNode => {
  try {
    return parse(new Source(readFileSync(file, 'utf8'), file));
  } catch (error) {
    if (error instanceof GraphQLError) throw new CheckFailure([printError(error)]);
    throw error;
  }
};
