import type { DocumentNode, FieldNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { executeSync, Kind, visit } from 'graphql';
import type { ErrorCode } from '../../contract/errors.ts';
import { complete } from './complete.ts';
import { type ServiceAt, unexplained } from './explain.ts';
import { compilePrinter, UNUSUAL } from './print.ts';
import type { ExecutionError, Run, Variables } from './run.ts';
import { createShapes, type FieldShape, type ObjectShape } from './shape.ts';
import type { Json, JsonObject } from './tree.ts';

/** A part of an answer, or all of it, as far as it is known. */
export interface Answer {
  /** JSON text; `null` where an error reached the root. */
  readonly data: string;
  readonly errors: readonly ExecutionError[];
}

/** What an operation's answers are made by. */
export interface AnswerSetting {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly serviceAt: ServiceAt;
}

/** Makes answers of what was gathered, for one outcome of `@skip` and `@include`. */
export type MakeAnswer = (run: Run) => Answer;

/** How many outcomes of `@skip` and `@include` an operation keeps. */
const MAX_VARIANTS = 16;

/** Compiles the answers of an operation, on first use for each outcome of its conditions. */
export const compileAnswers = (setting: AnswerSetting): MakeAnswer => {
  const { flags, introspects } = traitsOf(setting.document);
  const variants = new Map<string, MakeAnswer>();
  return (run) => {
    const key = flags.map((name) => (run.flags[name] === true ? '1' : '0')).join('');
    const known = variants.get(key);
    if (known !== undefined) return known(run);
    const made = compileVariant(setting, run);
    // Introspection may read any variable, so it is of this run alone.
    if (variants.size < MAX_VARIANTS && !introspects) variants.set(key, made);
    return made(run);
  };
};

const compileVariant = (setting: AnswerSetting, { flags, variables }: Run): MakeAnswer => {
  const { schema, document, operation } = setting;
  const root = schema.getRootType(operation.operation);
  // Validated: the schema has the operation's type.
  if (root == null) throw new Error(`The schema has no ${operation.operation}s.`);
  const shape = createShapes(schema, document, flags)(root, operation.selectionSet);
  const introspect = createIntrospection(setting, variables);
  const print = compilePrinter(shape, (field) => JSON.stringify(introspect(field)));
  return (run) => {
    try {
      return { data: print(run.data), errors: run.errors };
    } catch (thrown) {
      if (thrown !== UNUSUAL) throw thrown;
      return completed(shape, run, introspect, setting.serviceAt);
    }
  };
};

const completed = (
  shape: ObjectShape,
  run: Run,
  introspect: (field: FieldShape) => Json,
  serviceAt: ServiceAt,
): Answer => {
  const { data, errors } = complete(shape, run.data, introspect);
  const found = unexplained(errors, run.errors).map(({ message, path }) => ({
    message,
    path,
    extensions: { code: 'SUBGRAPH_INVALID_VALUE' satisfies ErrorCode },
    service: serviceAt(path),
  }));
  return { data: JSON.stringify(data), errors: [...run.errors, ...found] };
};

/** Answers `__schema` and `__type`, by graphql-js. */
const createIntrospection = (
  { schema, document, operation }: AnswerSetting,
  variables: Variables,
): ((field: FieldShape) => Json) => {
  const known = new Map<FieldShape, Json>();
  const ask = (nodes: readonly FieldNode[], name: string): Json => {
    const asked: OperationDefinitionNode = {
      ...operation,
      operation: 'query' as OperationDefinitionNode['operation'],
      selectionSet: { kind: Kind.SELECTION_SET, selections: nodes },
    };
    const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
    const { data } = executeSync({
      schema,
      document: { kind: Kind.DOCUMENT, definitions: [asked, ...fragments] },
      variableValues: variables,
    });
    return (data as JsonObject | null)?.[name] ?? null;
  };
  return (field) => {
    if (field.value.kind !== 'introspection') return null;
    if (!known.has(field)) known.set(field, ask(field.value.nodes, field.responseName));
    return known.get(field);
  };
};

interface Traits {
  /** The variables that `@skip` and `@include` read. */
  readonly flags: readonly string[];
  readonly introspects: boolean;
}

const traitsOf = (document: DocumentNode): Traits => {
  const flags = new Set<string>();
  let introspects = false;
  visit(document, {
    Field: ({ name }) => {
      introspects ||= name.value === '__schema' || name.value === '__type';
    },
    Directive: ({ name, arguments: args = [] }) => {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args) if (value.kind === 'Variable') flags.add(value.name.value);
    },
  });
  return { flags: [...flags], introspects };
};
