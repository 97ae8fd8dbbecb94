import type { ConditionNode, PlanNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  parse,
} from 'graphql';
import type { SubgraphCall } from '../../kit/engine.ts';
import { complete, refuseNonObjects } from './completion.ts';
import { type FetchError, startsWith } from './failures.ts';
import { type Run, runFetch } from './fetch.ts';
import { copyMembers, emptyObject, type JsonObject, type Path } from './json.ts';
import { type Place, placesAt } from './places.ts';
import { createPlanner } from './planner.ts';

export interface ReferenceResult {
  readonly data: unknown;
  readonly errors: readonly {
    readonly message: string;
    readonly path?: Path | undefined;
    readonly extensions: { readonly code: string; readonly service?: string };
  }[];
}

/** Plans a valid operation. */
export type Reference = (document: string, operationName?: string | undefined) => ReferenceRun;

/** Runs a planned operation, with variables that fit it. */
export type ReferenceRun = (
  variables: Readonly<Record<string, unknown>>,
  call: SubgraphCall,
) => Promise<ReferenceResult>;

/**
 * The plain reading of Apollo's plans, which the router's executor must agree with: walk the plan,
 * merge what comes into one tree, let graphql-js complete the tree over the API schema.
 *
 * @param overrideLabels the labels of progressive `@override` that are on; the others are off.
 */
export const createReference = (
  supergraphSdl: string,
  overrideLabels: readonly string[] = [],
): Reference => {
  const planner = createPlanner(supergraphSdl, overrideLabels);
  const { supergraphSchema } = planner;
  const apiSchema = refuseNonObjects(planner.apiSchema);
  return (text, operationName) => {
    const document = parse(text);
    const { node } = planner.plan(document, operationName);
    if (node?.kind === 'Subscription') throw new Error('A subscription has many results.');
    return async (values, call) => {
      // graphql-js takes what a variable inherits, such as `constructor`, for given.
      const given = copyMembers(values);
      const variables = coerce(apiSchema, document, operationName, given);
      const run: Run = { supergraphSchema, variables, call, errors: [] };
      const tree = emptyObject();
      if (node !== undefined) await walk(run, node, { path: [], object: tree, ancestors: [] }, []);
      const completed = complete(apiSchema, tree, document, operationName, given);
      return { data: completed.data, errors: allErrors(run.errors, completed.errors) };
    };
  };
};

/** What could not be completed is an error, unless a fetch that failed says why. */
const allErrors = (
  ofFetches: readonly FetchError[],
  ofCompletion: readonly GraphQLError[],
): ReferenceResult['errors'] => {
  const invalid = ofCompletion
    .filter(({ path = [] }) => !isExplained(path, ofFetches))
    .map(({ message, path }) => ({
      message,
      path,
      extensions: { code: 'SUBGRAPH_INVALID_VALUE' },
    }));
  return [...ofFetches, ...invalid];
};

const coerce = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  given: Readonly<Record<string, unknown>>,
): JsonObject => {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  const { coerced, errors } = getVariableValues(schema, definitions, given);
  if (coerced === undefined) throw new Error(errors.map(({ message }) => message).join('\n'));
  return coerced;
};

/** Runs a node of the plan on the objects that `steps` lead to from the root. */
const walk = async (run: Run, node: PlanNode, root: Place, steps: Path): Promise<void> => {
  switch (node.kind) {
    case 'Sequence':
      for (const child of node.nodes) await walk(run, child, root, steps);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((child) => walk(run, child, root, steps)));
      return;
    case 'Flatten':
      return walk(run, node.node, root, [...steps, ...node.path]);
    case 'Fetch':
      return runFetch(run, node, placesAt(root, steps), steps);
    case 'Condition': {
      const chosen = chosenClause(run, node);
      return chosen === undefined ? undefined : walk(run, chosen, root, steps);
    }
    case 'Defer':
      throw new Error('A deferred answer has many results.');
  }
};

const chosenClause = (run: Run, node: ConditionNode): PlanNode | undefined =>
  run.variables[node.condition] === true ? node.ifClause : node.elseClause;

/** An error of a fetch at, above or below a place says why there is no fit value there. */
const isExplained = (path: Path, errors: readonly FetchError[]): boolean =>
  errors.some(
    ({ path: known }) =>
      known !== undefined && (startsWith(path, known) || startsWith(known, path)),
  );
