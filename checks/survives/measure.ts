import type { Planner } from '../../router/supergraph/planner.ts';
import { nameOf, type RegisteredOperation } from '../operations/read.ts';
import { type Answered, lostPaths } from './answer.ts';
import { openTrials, type Trial } from './trials.ts';

/** What an operation loses with one of the subgraphs that it asks. */
export interface SurvivalRow {
  /** Such as `storefront FirstPage`. */
  readonly operation: string;
  readonly subgraph: string;
  /** `lost` where `data` is null, `partial` where fields are, `whole` where none is. */
  readonly outcome: 'whole' | 'partial' | 'lost';
  /** The fields that are null then, or that took all with them; places in lists are `*`. */
  readonly nulls: readonly string[];
  /** The fields where `@standIn` helps. */
  readonly standIns: readonly string[];
  /** Whether other subgraphs answer root fields of it, which are lost along where all is. */
  readonly hasOtherRoots: boolean;
}

/** What all operations lose, and those that could not be tried, each with the reason. */
export interface Survival {
  readonly subgraphs: readonly string[];
  readonly rows: readonly SurvivalRow[];
  readonly untried: readonly { readonly operation: string; readonly reason: string }[];
}

/** What is measured. */
export interface SurvivalRequest {
  /** The supergraph's. */
  readonly sdl: string;
  readonly operations: readonly RegisteredOperation[];
  readonly planner: Planner;
}

/**
 * Runs every operation by the router's own executor over mocks: once with all subgraphs up, and once
 * without each that its plan asks. Nothing is asked over a network, and the same is found at every run.
 *
 * @throws SettingsError where the SDL is no supergraph
 */
export const measureSurvival = async (request: SurvivalRequest): Promise<Survival> => {
  const trials = await openTrials(request.sdl, request.planner);
  const rows: SurvivalRow[] = [];
  const untried: { operation: string; reason: string }[] = [];
  for (const each of request.operations) {
    const operation = nameOf(each);
    const trial = await trials.prepare(each);
    const found = typeof trial === 'string' ? trial : await rowsOf(operation, trial);
    if (typeof found === 'string') untried.push({ operation, reason: found });
    else rows.push(...found);
  }
  return { subgraphs: trials.subgraphs, rows, untried };
};

/** @returns why there are none, where mocks do not answer it even when all are up */
const rowsOf = async (
  operation: string,
  { fetches, run }: Trial,
): Promise<readonly SurvivalRow[] | string> => {
  const whole = await run(null);
  const [error] = whole.errors;
  if (error !== undefined) return `its mocks fail at ${error.path}: ${error.message}`;

  const roots = fetches.filter(({ requires }) => requires === undefined);
  const rows: SurvivalRow[] = [];
  for (const subgraph of new Set(fetches.map(({ serviceName }) => serviceName))) {
    const answered = await run(subgraph);
    rows.push({
      operation,
      subgraph,
      ...lossOf(whole, answered),
      standIns: [...answered.standIns],
      hasOtherRoots: roots.some(({ serviceName }) => serviceName !== subgraph),
    });
  }
  return rows;
};

const lossOf = (whole: Answered, answered: Answered): Pick<SurvivalRow, 'outcome' | 'nulls'> => {
  if (answered.data === null) {
    return { outcome: 'lost', nulls: [...new Set(answered.errors.map(({ path }) => path))] };
  }
  const nulls = lostPaths(whole.data, answered);
  return { outcome: nulls.length > 0 ? 'partial' : 'whole', nulls };
};
