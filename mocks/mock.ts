import { setInterval } from 'node:timers/promises';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  isCompositeType,
  parse,
  validate,
} from 'graphql';
import { NO_EXAMPLES, readExamples } from './examples.ts';
import { createResolvers } from './fields.ts';
import { type Hidden, hiddenIn } from './hidden.ts';
import { type Keys, keysOf } from './keys.ts';
import { type Given, mockObject } from './object.ts';

/** A GraphQL request, as far as a mock reads it. */
export interface MockRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Given | undefined;
}

/** A subgraph whose answers are made up. */
export interface Mock {
  readonly schema: GraphQLSchema;
  /** Answers a query or a mutation. */
  readonly execute: (request: MockRequest) => Promise<ExecutionResult>;
  /** What graphql-js resolves with; its subscriptions have an event a second. */
  readonly resolvers: Pick<ExecutionArgs, 'fieldResolver' | 'subscribeFieldResolver'>;
}

export interface MockOptions {
  /** The subgraph's schema, with its federation directives. */
  readonly typeDefs: DocumentNode;
  /** What values are to look like: the text of a file, and what it is called in messages. */
  readonly examples?: { readonly text: string; readonly file: string } | undefined;
  /** Stands for `{name}` in examples, such as `publicUrl`. */
  readonly words?: Given;
  /** What is hidden beside that which the schema hides: by other subgraphs. */
  readonly hidden?: Hidden;
}

const NONE: Hidden = new Set();

const EVENT_MS = 1_000;

/**
 * Makes up a subgraph by its schema: it answers whatever fits that, `_entities` and `_service` included.
 *
 * @throws SettingsError where the examples do not fit the schema
 * @throws GraphQLError where the schema is none
 */
export const createMock = ({
  typeDefs,
  examples: given,
  words = {},
  hidden = NONE,
}: MockOptions): Mock => {
  const keys = keysOf(typeDefs);
  const schema = buildSubgraphSchema(
    modulesOf(typeDefs, keys, (type, representation) => {
      const of = schema.getType(type);
      return isCompositeType(of) ? resolve.reference(of, representation) : null;
    }),
  );
  const examples = given === undefined ? NO_EXAMPLES : readExamples(given.text, given.file, schema);
  const resolve = createResolvers({
    schema,
    keys,
    examples,
    words,
    hidden: new Set([...hidden, ...hiddenIn(typeDefs)]),
  });
  const resolvers = { fieldResolver: resolve.field, subscribeFieldResolver: () => events() };
  return {
    schema,
    resolvers,
    execute: async ({ query, operationName, variables }) => {
      const read = readDocument(schema, query);
      if ('errors' in read) return read;
      return execute({
        ...resolvers,
        ...read,
        schema,
        operationName: operationName ?? null,
        variableValues: variables ?? {},
      });
    },
  };
};

type Modules = Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>;

/** All that has to be told before there is a schema: how references are resolved. */
const modulesOf = (
  typeDefs: DocumentNode,
  keys: Keys,
  refer: (type: string, representation: Given) => unknown,
): Modules => {
  const resolvers = [...keys.keys()].map((type) => [
    type,
    { __resolveReference: (representation: Given) => refer(type, representation) },
  ]);
  // Its type of resolvers has no room for reference resolvers.
  return { typeDefs, resolvers: Object.fromEntries(resolvers) } as Modules;
};

/** Each event has values of its own. */
async function* events(): AsyncGenerator<unknown, void, undefined> {
  let count = 0;
  for await (const _ of setInterval(EVENT_MS)) {
    count += 1;
    yield mockObject('Subscription', `Subscription ${count}`);
  }
}

const readDocument = (
  schema: GraphQLSchema,
  query: string,
): { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] } => {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    return errors.length > 0 ? { errors } : { document };
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [error] };
    throw error;
  }
};
