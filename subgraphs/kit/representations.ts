import { GraphQLError, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { clientError } from './errors.ts';
import { type Given, isGiven, type Key, keysByEntity } from './keys.ts';

type Resolve = (...asked: Parameters<GraphQLFieldResolver<unknown, unknown>>) => readonly unknown[];

/**
 * Holds what `_entities` is asked for to the keys of the schema, before a resolver sees it.
 *
 * A representation that names no entity of this subgraph, or holds no whole key of it, is null and has an
 * error of its own, `BAD_USER_INPUT`; the others are answered in their places. Apollo's resolver fails for
 * all where one names an unknown type, and hands on keys of any type.
 *
 * @param schema changed in place; one without entities stays as it is
 */
export const holdRepresentations = (schema: GraphQLSchema): void => {
  const field = schema.getQueryType()?.getFields()['_entities'];
  // Apollo's, which gives a list of answers and promises of them.
  const resolve = field?.resolve as Resolve | undefined;
  if (field === undefined || resolve === undefined) return;
  const keys = keysByEntity(schema);
  field.resolve = (source, { representations }, context, info) => {
    const read: readonly (Given | GraphQLError)[] = representations.map((each: unknown) =>
      readRepresentation(each, keys),
    );
    const fitting = read.filter((each) => !(each instanceof GraphQLError));
    const answers = resolve(source, { representations: fitting }, context, info);
    let next = 0;
    // graphql-js takes an error in a list for the failure of that place.
    return read.map((each) => (each instanceof GraphQLError ? each : answers[next++]));
  };
};

const readRepresentation = (
  representation: unknown,
  keys: ReadonlyMap<string, readonly Key[]>,
): Given | GraphQLError => {
  if (!isGiven(representation)) return refusal('A representation is an object.');
  const type = representation['__typename'];
  const own = typeof type === 'string' ? keys.get(type) : undefined;
  if (own === undefined) return refusal('`__typename` names no entity of this service.');
  for (const key of own) {
    const read = key.read(representation);
    if (read !== undefined) return read;
  }
  const wanted = own.map(({ description }) => `(${description})`).join(' or ');
  return refusal(`${type} is asked for by its key ${wanted}.`);
};

const refusal = (message: string): GraphQLError => clientError('BAD_USER_INPUT', message);
