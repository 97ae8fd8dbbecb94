import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GraphQLError, parse, Source } from 'graphql';
import { SettingsError } from '../process/settings.ts';
import { createMock, type Mock } from './mock.ts';
import type { MockSettings } from './settings.ts';

/**
 * The mock that the settings name files for.
 *
 * @throws SettingsError in one line: file and line, what is wrong, and the cure
 */
export const readMock = ({
  schema,
  examples: named,
  publicUrl,
}: Pick<MockSettings, 'schema' | 'examples' | 'publicUrl'>): Mock => {
  const file = named ?? examplesBeside(schema);
  const examples =
    file === undefined ? undefined : { text: textOf('MOCK_EXAMPLES', file), file: shown(file) };
  const source = new Source(textOf('MOCK_SCHEMA', schema), shown(schema));
  try {
    return createMock({ typeDefs: parse(source), examples, words: { publicUrl } });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line = 1, column = 1 } = error.locations?.[0] ?? {};
    throw new SettingsError(`${shown(schema)}:${line}:${column}: ${error.message}`);
  }
};

const examplesBeside = (schema: string): string | undefined =>
  ['examples.yaml', 'examples.json']
    .map((name) => path.join(path.dirname(schema), name))
    .find((file) => existsSync(file));

const shown = (file: string): string => path.relative(process.cwd(), file);

const textOf = (setting: string, file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new SettingsError(`${setting}: ${shown(file)} cannot be read: name a file that can`);
  }
};
