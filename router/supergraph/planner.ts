import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { Plan } from '../execution/plan.ts';

/** What the rest of the router needs to know of a supergraph. */
export interface SupergraphFacts {
  /** The schema that clients see, with `@defer`. */
  readonly apiSdl: string;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** By interface or union: the objects and interfaces that are of it, inaccessible ones included. */
  readonly subtypes: Readonly<Record<string, readonly string[]>>;
  /** The labels of progressive `@override`s. */
  readonly overrideLabels: readonly string[];
  /** The directives in use that say who may see what: `authenticated`, `requiresScopes`, `policy`. */
  readonly securityDirectives: readonly string[];
  /** URLs of features that change execution in ways that the router does not know. */
  readonly unknownFeatures: readonly string[];
}

/** What an operation is planned by. */
export interface PlanRequest {
  readonly sdl: string;
  readonly document: string;
  readonly operationName: string | null;
  /** The labels of progressive overrides that are on. */
  readonly labels: readonly string[];
}

/** Apollo's planner, in a thread of its own. */
export interface Planner {
  /** @throws Error where the SDL is no supergraph that the planner knows. */
  readonly describe: (sdl: string) => Promise<SupergraphFacts>;
  /** @throws Error where the planner finds no way to the fields. */
  readonly plan: (request: PlanRequest) => Promise<Plan>;
  readonly close: () => Promise<void>;
}

/** Threads load what the build compiled, also where tests load the sources. */
const SCRIPT = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../dist/router/supergraph/planner-worker.js', import.meta.url)
    : new URL('./planner-worker.js', import.meta.url),
);

/**
 * Starts the thread. It is told the supergraph with every question and keeps what it built of it, so
 * that a thread that died is replaced by one that knows as much.
 */
export const startPlanner = (): Planner => {
  const pool = new Piscina({ filename: SCRIPT, minThreads: 1, maxThreads: 1 });
  return {
    describe: (sdl) => pool.run(sdl, { name: 'describe' }),
    plan: async (request) => JSON.parse(await pool.run(request, { name: 'plan' })),
    close: () => pool.destroy(),
  };
};
