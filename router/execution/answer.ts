import {
  type ASTNode,
  type DocumentNode,
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { ObjectType } from './collect-fields.ts';
import { complete } from './complete.ts';
import { type ServiceAt, unexplained } from './explain.ts';
import type { Names } from './names.ts';
import { compilePrinter, type Print, UNUSUAL } from './print.ts';
import type { ExecutionError, Run, Variables } from './run.ts';
import { createShapes, type FieldShape, type ObjectShape } from './shape.ts';
import { type Degraded, type StandIns, standIn } from './stand-ins.ts';
import { type Json, type JsonObject, type Path, withoutSpliced } from './tree.ts';

/** A part of an answer, or all of it. */
export interface Answer {
  /** JSON text; `null` where an error reached the top of it. */
  readonly data: string;
  readonly errors: readonly ExecutionError[];
  /** What something else stands in for. */
  readonly degraded: readonly Degraded[];
}

/** A selection, and what it is read by. */
export interface SelectionSource {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly names: Names;
  readonly serviceAt: ServiceAt;
  readonly standIns: StandIns;
  /** Whether deferred fragments are left to parts of their own. */
  readonly defers: boolean;
}

/** A selection ready to be read from what was gathered. */
export interface Selection {
  readonly shapeFor: (type: ObjectType) => ObjectShape;
  /** @param at the path of `value` in the answer, where it is a part */
  readonly answer: (type: ObjectType, value: Json, run: Run, at: Path) => Answer;
}

/** Compiles a selection; where it introspects, for each run, as it may read any variable there. */
export const compileSelection = (source: SelectionSource): ((run: Run) => Selection) => {
  if (introspects(source.document)) return ({ variables }) => compile(source, variables);
  const selection = compile(source, {});
  return () => selection;
};

/** Nobody waits for it. */
const UNREAD: Answer = { data: 'null', errors: [], degraded: [] };

const compile = (source: SelectionSource, variables: Variables): Selection => {
  const shapeOf = createShapes(source);
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
      if (run.asking.departure?.hasLeft() === true) return UNREAD;
      const { standIns, serviceAt } = source;
      const { errors: left, degraded } = standIn(
        standIns,
        () => shapeFor(type),
        value,
        run.errors,
        at,
      );
      try {
        return { data: printerFor(type)(value), errors: left, degraded };
      } catch (thrown) {
        if (thrown !== UNUSUAL) throw thrown;
      }
      const { data, errors } = complete(shapeFor(type), withoutSpliced(value), introspect, at);
      const found = unexplained(errors, left).map(({ code, message, path }) => ({
        message,
        path,
        extensions: { code },
        service: code === 'SUBGRAPH_INVALID_VALUE' ? serviceAt(path) : null,
      }));
      return { data: JSON.stringify(data), errors: [...left, ...found], degraded };
    },
  };
};

/** Answers `__schema` and `__type`, by graphql-js. */
const createIntrospection = (
  { schema, document, operation, names }: SelectionSource,
  variables: Variables,
): ((field: FieldShape) => Json) => {
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const known = new Map<FieldShape, Json>();
  const ask = (nodes: readonly FieldNode[], name: string): Json => {
    const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: nodes };
    // The operation's other variables are coerced already, which is not done twice.
    const spread = fragmentsIn(selectionSet, fragments);
    const used = variablesIn([selectionSet, ...spread]);
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
      document: { kind: Kind.DOCUMENT, definitions: [asked, ...spread] },
      variableValues: inPlan(names, variables),
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

/** The variables under the names that they have in the plan. */
const inPlan = ({ givenNames }: Names, variables: Variables): Record<string, unknown> => ({
  ...variables,
  ...Object.fromEntries([...givenNames].map(([planned, given]) => [planned, variables[given]])),
});

/** The fragments that are spread there, and in those. */
const fragmentsIn = (
  start: SelectionSetNode,
  fragments: readonly FragmentDefinitionNode[],
): readonly FragmentDefinitionNode[] => {
  const found = new Set<FragmentDefinitionNode>();
  const collect = (within: ASTNode): void => {
    visit(within, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments.find((each) => each.name.value === name.value);
        if (fragment === undefined || found.has(fragment)) return;
        found.add(fragment);
        collect(fragment);
      },
    });
  };
  collect(start);
  return [...found];
};

const variablesIn = (nodes: readonly ASTNode[]): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const node of nodes) visit(node, { Variable: ({ name }) => void names.add(name.value) });
  return names;
};

const introspects = (document: DocumentNode): boolean => {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      found ||= name.value === '__schema' || name.value === '__type';
    },
  });
  return found;
};
