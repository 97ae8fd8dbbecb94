import { getOperationAST, parse, print, separateOperations } from 'graphql';
import { GUEST } from '../../contract/viewer.ts';
import { NO_POLICY } from '../../router/authorization/guard.ts';
import { NO_OPERATIONS } from '../../router/documents/registered.ts';
import type { GraphqlRequest, Identified } from '../../router/exchange.ts';
import type { CallSubgraph, SubgraphAnswer } from '../../router/execution/call.ts';
import { createDeparture } from '../../router/execution/departure.ts';
import { createJournal } from '../../router/execution/journal.ts';
import { execute } from '../../router/stages/execute.ts';
import { prepare } from '../../router/stages/prepare.ts';
import { validate } from '../../router/stages/validate.ts';
import { createSubscriptions } from '../../router/subscriptions/subscriptions.ts';
import { coerceVariables } from '../../router/supergraph/coerce-variables.ts';
import { correct } from '../../router/supergraph/corrections/correct.ts';
import { PLACEHOLDER } from '../../router/supergraph/corrections/resolve-conditions.ts';
import { buildGeneration } from '../../router/supergraph/generation.ts';
import { type Planner, startPlanner } from '../../router/supergraph/planner.ts';
import { SubgraphFailure } from '../../router/transport/failure.ts';
import { graphqlResult } from '../../router/transport/result.ts';

/** What stands behind the engine. A promise that rejects is a subgraph that failed. */
export type SubgraphCall = (
  subgraph: string,
  request: {
    readonly query: string;
    readonly operationName?: string;
    readonly variables: Record<string, unknown>;
  },
) => Promise<unknown>;

export interface EngineResult {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[] | undefined;
    readonly extensions?: { readonly [name: string]: unknown };
  }[];
}

interface EngineRequest {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
}

/** Plans and runs operations over one supergraph. */
export interface Engine extends AsyncDisposable {
  /** The operation as it is given to the planner: one that the corrections leave as it is. */
  readonly corrected: (document: string, request: EngineRequest) => string;
  readonly run: (document: string, request: EngineRequest) => Promise<EngineResult>;
}

/** One planner for every engine of a test file, as a router has one for all its generations. */
const planners = new Map<number, Planner>();

const plannerFor = (planningTimeoutMs: number): Planner => {
  const known = planners.get(planningTimeoutMs) ?? startPlanner({ planningTimeoutMs });
  planners.set(planningTimeoutMs, known);
  return known;
};

/**
 * Starts the router's executor, without HTTP on either side.
 *
 * @param options.overrideLabels the labels of progressive `@override` that are on; others are off.
 */
export const startEngine = async (options: {
  readonly supergraphSdl: string;
  readonly call: SubgraphCall;
  readonly overrideLabels?: readonly string[];
  readonly planningTimeoutMs?: number;
}): Promise<Engine> => {
  const generation = await buildGeneration(options.supergraphSdl, {
    planner: plannerFor(options.planningTimeoutMs ?? 30_000),
    connect: (name) => ({
      call: connect(name, options.call),
      subscribe: noEvents,
      eventsFrom: name,
    }),
    ignoreSecurityDirectives: true,
    decidePolicy: NO_POLICY,
    contract: { include: [], exclude: [] },
    registered: NO_OPERATIONS,
    permitClients: () => {},
    cacheStore: null,
    operationCacheBytes: 1_000_000,
  });
  const labels = options.overrideLabels ?? [];
  const preparing = {
    settings: { explorer: true, documentLimits: null },
    generation: () => generation,
    decideLabel: (label: string) => labels.includes(label),
  };
  return {
    corrected: (text, { variables, operationName }) => {
      const document = parse(text);
      const operation = getOperationAST(document, operationName);
      if (operation == null) throw new Error('no operation');
      const flags = coerceVariables(generation.clients.schema, operation, variables);
      const own = separateOperations(document)[operation.name?.value ?? ''] ?? document;
      const corrected = correct(generation.clients.schema, generation.facts, own, flags);
      // What stands for an empty selection is a field like any other here.
      return print(corrected.document).replaceAll(PLACEHOLDER, `of_${PLACEHOLDER}`);
    },
    run: async (query, { variables, operationName }) => {
      const request = { query, hash: null, variables, operationName: operationName ?? null };
      const validated = validate({ ...identified(request), query }, preparing);
      const prepared = await prepare({ ...validated, cost: 0 });
      const { outcome } = await execute(prepared, {
        subscriptions: createSubscriptions({ explorer: true, documentLimits: null }),
        cacheStore: null,
      });
      if (outcome.kind !== 'single') throw new Error('more than one result');
      const { data, errors } = outcome.answer;
      // What is spliced must not look otherwise than what is printed.
      if (JSON.stringify(JSON.parse(data)) !== data) throw new Error(`not minified: ${data}`);
      return {
        data: JSON.parse(data),
        errors: errors.map(({ message, path, extensions, service }) => {
          const code =
            typeof extensions['code'] === 'string' ? extensions['code'] : 'SUBGRAPH_ERROR';
          return {
            message,
            path,
            extensions:
              code === 'SUBGRAPH_INVALID_VALUE' ? { code, service: null } : { code, service },
          };
        }),
      };
    },
    [Symbol.asyncDispose]: async () => {},
  };
};

const identified = (request: GraphqlRequest): Identified => ({
  http: {
    method: 'POST',
    headers: {},
    query: {},
    body: {},
    clientAddress: '',
    departure: createDeparture(),
  },
  journal: createJournal(),
  request,
  caller: { viewer: GUEST, clientAddress: null },
  validUntil: null,
});

/** Most answers come as text, as over HTTP; some of them with spaces, and some as values. */
let turn = 0;

const noEvents = (): never => {
  throw new Error('nothing is subscribed to here');
};

const connect =
  (name: string, call: SubgraphCall): CallSubgraph =>
  async (_asking, { query, operationName }, variables): Promise<SubgraphAnswer> => {
    const answer = await call(name, {
      query,
      ...(operationName !== undefined && { operationName }),
      variables: JSON.parse(variables),
    }).catch((error: unknown) => {
      throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', error);
    });
    turn += 1;
    const text = JSON.stringify(answer, null, turn % 7 === 0 ? 1 : 0) ?? '';
    return turn % 5 === 0 ? graphqlResult(200, text) : text;
  };
