// Makes the GraphQL types, as a program of its own. The CLI of codegen keeps to itself what is wrong
// with a schema, or says it without a place.
import { readFileSync } from 'node:fs';
import { generate, loadContext } from '@graphql-codegen/cli';
import { GraphQLError, parse, Source } from 'graphql';
import { absolute, filesUnder } from './project.mjs';

/**
 * @param {string} file
 * @throws {GraphQLError} with the place
 */
const checkSyntax = (file) => {
  parse(new Source(readFileSync(absolute(file), 'utf8'), file), { noLocation: true });
};

/**
 * @param {unknown} error
 * @returns {string[]}
 */
const tellingLines = (error) => {
  if (error instanceof GraphQLError) return [placeOf(error)];
  if (error instanceof AggregateError) return error.errors.flatMap(tellingLines);
  // What follows the first paragraph is a stack and general advice.
  const text = error instanceof Error ? error.message : String(error);
  return [text.split(/\n\s+at |\n\n/)[0] ?? text];
};

/** @param {GraphQLError} error */
const placeOf = ({ source, locations, message }) => {
  const [place] = locations ?? [];
  return place === undefined
    ? message
    : `${source?.name}:${place.line}:${place.column}: ${message}`;
};

try {
  filesUnder('subgraphs', (file) => file.endsWith('/schema.graphql')).forEach(checkSyntax);
  filesUnder('operations', (file) => file.endsWith('.graphql')).forEach(checkSyntax);
  await generate(await loadContext('codegen.ts'), true);
} catch (error) {
  process.stderr.write(`${tellingLines(error).join('\n')}\n`);
  process.exitCode = 1;
}
