import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Guards } from '../authorization/guard.ts';
import type { CostFacts } from '../cost/cost-facts.ts';
import type { Plan } from '../execution/plan.ts';
import type { CacheHints } from './cache-hints.ts';
import type { ContractTerms } from './contract/terms.ts';
import type { ConflictingRequirement } from './corrections/refuse-conflicting-requirements.ts';

/** What the rest of the router needs to know of a supergraph. */
export interface SupergraphFacts {
  /** The whole schema, with `@defer`. */
  readonly apiSdl: string;
  /** The schema that clients see, where it is another. */
  readonly contractSdl: string | null;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** By interface or union: the objects and interfaces that are of it, inaccessible ones included. */
  readonly subtypes: Readonly<Record<string, readonly string[]>>;
  /** The labels of progressive `@override`s. */
  readonly overrideLabels: readonly string[];
  /** Every field of every type. */
  readonly fieldNames: readonly string[];
  /** Fields that a `@requires` gives arguments to. */
  readonly requiredWithArguments: readonly string[];
  readonly conflictingRequirements: readonly ConflictingRequirement[];
  /** Who may see what: `@authenticated`, `@requiresScopes`, `@policy`. */
  readonly guards: Guards;
  /** Null where it says nothing of costs. */
  readonly costs: CostFacts | null;
  /** Root fields marked `@once`, such as `Mutation.logIn`. */
  readonly onceFields: readonly string[];
  /** Root fields of mutations marked `@idempotent`, such as `Mutation.checkout`. */
  readonly idempotentFields: readonly string[];
  /** By field marked `@standIn`: the JSON text of what stands in where it fails. */
  readonly standIns: Readonly<Record<string, string>>;
  /** What may be kept, and for how long. */
  readonly cacheHints: CacheHints;
  /** URLs of features that change execution in ways that the router does not know. */
  readonly unknownFeatures: readonly string[];
}

/** What a supergraph is described by. */
export interface DescriptionRequest {
  readonly sdl: string;
  /** What clients see. */
  readonly contract: ContractTerms;
}

/** What an operation is planned by. */
export interface PlanRequest {
  readonly sdl: string;
  /** One operation, without `@skip` and `@include`. */
  readonly document: string;
  /** The labels of progressive overrides that are on. */
  readonly labels: readonly string[];
}

/** Apollo's planner, in a thread of its own. */
export interface Planner {
  /** @throws Error where the SDL is no supergraph that the planner knows. */
  readonly describe: (request: DescriptionRequest) => Promise<SupergraphFacts>;
  /** @throws Error where the planner finds no way to the fields, or not in time. */
  readonly plan: (request: PlanRequest) => Promise<Plan>;
  readonly close: () => Promise<void>;
}

/** Threads load what the build compiled, also where tests load the sources. */
const SCRIPT = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../dist/router/supergraph/planner-worker.js', import.meta.url)
    : new URL('./planner-worker.js', import.meta.url),
);

export interface PlannerSettings {
  /** How long planning one operation may take. */
  readonly planningTimeoutMs: number;
}

/** What a large supergraph and its planner need several times over. */
const MAX_HEAP_MB = 1_024;

/**
 * Starts the thread. It is told the supergraph with every question and keeps what it built of it, so
 * that a thread that died is replaced by one that knows as much.
 */
export const startPlanner = ({ planningTimeoutMs }: PlannerSettings): Planner => {
  const pool = new Piscina({
    filename: SCRIPT,
    minThreads: 1,
    maxThreads: 1,
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  return {
    describe: (request) => pool.run(request, { name: 'describe' }),
    plan: async (request) => {
      // Aborting ends the thread: nothing else stops a planner that goes round in circles.
      const signal = AbortSignal.timeout(planningTimeoutMs);
      return JSON.parse(await pool.run(request, { name: 'plan', signal }));
    },
    close: () => pool.destroy(),
  };
};
