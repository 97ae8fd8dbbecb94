import {
  type ASTNode,
  type DocumentNode,
  executeSync,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { ErrorCode } from '../../contract/errors.ts';
import { complete } from './complete.ts';
import { type ServiceAt, unexplained } from './explain.ts';
import { compilePrinter, type Print, UNUSUAL } from './print.ts';
import type { ExecutionError, Run, Variables } from './run.ts';
import { createShapes, type FieldShape, type ObjectShape, type ObjectType } from './shape.ts';
import { type Json, type JsonObject, type Path, withoutSpliced } from './tree.ts';

/** A part of an answer, or all of it. */
export interface Answer {
  /** JSON text; `null` where an error reached the top of it. */
  readonly data: string;
  readonly errors: readonly ExecutionError[];
}

/** A selection, and what it is read by. */
export interface SelectionSource {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly serviceAt: ServiceAt;
}

/** A selection ready to be read from what was gathered, under one outcome of its conditions. */
export interface Selection {
  readonly shapeFor: (type: ObjectType) => ObjectShape;
  /** @param at the path of `value`, where it is a part */
  readonly answer: (type: ObjectType, value: Json, run: Run, at: Path) => Answer;
}

/** How many outcomes of `@skip` and `@include` an operation keeps. */
const MAX_VARIANTS = 16;

/** Compiles a selection, on first use for each outcome of its conditions. */
export const compileSelection = (source: SelectionSource): ((run: Run) => Selection) => {
  const { flags, introspects } = traitsOf(source.document);
  const variants = new Map<string, Selection>();
  return (run) => {
    const key = flags.map((name) => (run.flags[name] === true ? '1' : '0')).join('');
    const known = variants.get(key);
    if (known !== undefined) return known;
    const made = compileVariant(source, run);
    // Introspection may read any variable, so it is of this run alone.
    if (variants.size < MAX_VARIANTS && !introspects) variants.set(key, made);
    return made;
  };
};

const compileVariant = (source: SelectionSource, { flags, variables }: Run): Selection => {
  const shapeOf = createShapes(source.schema, source.document, flags);
  const introspect = createIntrospection(source, variables);
  const printers = new Map<ObjectType, Print>();
  const shapeFor = (type: ObjectType) => shapeOf(type, source.operation.selectionSet);
  const printerFor = (type: ObjectType): Print => {
    const known = printers.get(type);
    if (known !== undefined) return known;
    const made = compilePrinter(shapeFor(type), (field) => JSON.stringify(introspect(field)));
    printers.set(type, made);
    return made;
  };
  return {
    shapeFor,
    answer: (type, value, run, at) => {
      try {
        return { data: printerFor(type)(value), errors: run.errors };
      } catch (thrown) {
        if (thrown !== UNUSUAL) throw thrown;
      }
      const { data, errors } = complete(shapeFor(type), withoutSpliced(value), introspect, at);
      const found = unexplained(errors, run.errors).map(({ message, path }) => ({
        message,
        path,
        extensions: { code: 'SUBGRAPH_INVALID_VALUE' satisfies ErrorCode },
        service: source.serviceAt(path),
      }));
      return { data: JSON.stringify(data), errors: [...run.errors, ...found] };
    },
  };
};

/** Answers `__schema` and `__type`, by graphql-js. */
const createIntrospection = (
  { schema, document, operation }: SelectionSource,
  variables: Variables,
): ((field: FieldShape) => Json) => {
  const fragments = document.definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const known = new Map<FieldShape, Json>();
  const ask = (nodes: readonly FieldNode[], name: string): Json => {
    const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: nodes };
    const used = variablesIn([selectionSet, ...fragments]);
    const asked = {
      ...operation,
      operation: 'query',
      selectionSet,
      variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) =>
        used.has(variable.name.value),
      ),
    } as OperationDefinitionNode;
    const { data, errors } = executeSync({
      schema,
      document: { kind: Kind.DOCUMENT, definitions: [asked, ...fragments] },
      variableValues: variables,
    });
    // What is asked was validated, and the schema answers for itself.
    if (errors?.[0] !== undefined) throw errors[0];
    return (data as JsonObject)[name];
  };
  return (field) => {
    if (field.value.kind !== 'introspection') return null;
    if (!known.has(field)) known.set(field, ask(field.value.nodes, field.responseName));
    return known.get(field);
  };
};

const variablesIn = (nodes: readonly ASTNode[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of nodes) visit(node, { Variable: ({ name }) => void names.add(name.value) });
  return names;
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
