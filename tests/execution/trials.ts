import fc from 'fast-check';
import { type ExecutionResult, parse, validate } from 'graphql';
import { type Engine, type EngineResult, type SubgraphCall, startEngine } from '../kit/engine.ts';
import { FEDERATIONS } from './federations/all.ts';
import { buildFederation, type Federation } from './federations/build.ts';
import { type OperationChoices, operationChoices } from './operations/choices.ts';
import { type Operation, writeOperation } from './operations/operation.ts';
import { createReference, type Reference, type ReferenceRun } from './reference/reference.ts';
import { faultsOf } from './world/faults.ts';
import { askMonolith } from './world/monolith.ts';
import { serveSubgraphs } from './world/subgraph.ts';
import { createWorlds } from './world/world.ts';

/** One operation over one federation, with everything that its answers follow from. */
export interface Trial {
  /** Index in FEDERATIONS. */
  readonly federation: number;
  /** As bits: which labels of progressive `@override` are on. */
  readonly labels: number;
  /** For each run, what subgraphs hold and how they misbehave. Planning takes most of the time. */
  readonly seeds: readonly number[];
  readonly choices: OperationChoices;
}

export const trials: fc.Arbitrary<Trial> = fc.record({
  federation: fc.nat(FEDERATIONS.length - 1),
  labels: fc.nat(3),
  seeds: fc.array(fc.nat(999_999), { minLength: 1, maxLength: 6, size: 'max' }),
  choices: operationChoices,
});

/** How many trials a property is put to, and which: FC_SEED and FC_PATH repeat a failure. */
export const trialParameters = (runs: number): fc.Parameters<[Trial]> => {
  const { FC_RUNS, FC_SEED, FC_PATH } = process.env;
  return {
    numRuns: FC_RUNS === undefined ? runs : Number(FC_RUNS),
    ...(FC_SEED !== undefined && { seed: Number(FC_SEED) }),
    ...(FC_PATH !== undefined && { path: FC_PATH }),
  };
};

/** A trial that is set up. */
export interface Stage {
  readonly operation: Operation;
  /** Validation errors, of which there must be none. */
  readonly invalid: readonly string[];
  readonly runs: readonly StagedRun[];
  /** For people: the operation, and what it is about. */
  readonly description: string;
}

/** All that can answer an operation, over what one seed makes of the subgraphs. */
export interface StagedRun {
  readonly seed: number;
  readonly byReference: () => Promise<EngineResult>;
  readonly byEngine: () => Promise<EngineResult>;
  /** Knows no faults. */
  readonly byMonolith: () => ExecutionResult;
}

/**
 * What the engine is compared with. The reference runs Apollo's plans as they are, so it is given
 * operations that need no correction; subgraphs misbehave. A monolith knows no plans and no faults.
 */
export type Opponent = 'reference' | 'monolith';

/** Sets up trials; a federation and its planners are kept for all trials of it. */
export interface Stages extends AsyncDisposable {
  readonly setUp: (trial: Trial, against: Opponent) => Promise<Stage>;
}

/** What is kept of a federation with some labels on. */
interface Set {
  readonly federation: Federation;
  readonly reference: Reference;
  readonly engine: Engine;
  readonly serve: ReturnType<typeof serveSubgraphs>;
  readonly worlds: ReturnType<typeof createWorlds>;
  /** What the engine's calls go to: another for each trial. */
  readonly stand: { call: SubgraphCall };
}

export const createStages = (): Stages => {
  const sets = new Map<string, Promise<Set>>();
  return {
    setUp: async (trial, against) => {
      const key = `${trial.federation} ${onLabels(trial).join(' ')}`;
      const kept = sets.get(key) ?? createSet(trial);
      sets.set(key, kept);
      return setStage(await kept, trial, against);
    },
    [Symbol.asyncDispose]: async () => {
      for (const kept of await Promise.allSettled(sets.values())) {
        if (kept.status === 'fulfilled') await kept.value.engine[Symbol.asyncDispose]();
      }
    },
  };
};

const sourceOf = ({ federation }: Trial) => {
  const source = FEDERATIONS[federation];
  if (source === undefined) throw new Error(`There is no federation ${federation}.`);
  return source;
};

const onLabels = (trial: Trial): string[] =>
  (sourceOf(trial).labels ?? []).filter((_label, index) => ((trial.labels >> index) & 1) === 1);

const createSet = async (trial: Trial): Promise<Set> => {
  const federation = buildFederation(sourceOf(trial));
  const { supergraphSdl } = federation;
  const overrideLabels = onLabels(trial);
  const stand: Set['stand'] = { call: () => Promise.reject(new Error('Nothing is asked.')) };
  return {
    federation,
    reference: createReference(supergraphSdl, overrideLabels),
    engine: await startEngine({
      supergraphSdl,
      overrideLabels,
      call: (subgraph, request) => stand.call(subgraph, request),
    }),
    serve: serveSubgraphs(federation),
    worlds: createWorlds(federation),
    stand,
  };
};

const setStage = (set: Set, trial: Trial, against: Opponent): Stage => {
  const { federation } = set;
  const operation = operationFor(set, trial, against);
  const { document, operationName, variables } = operation;
  const invalid = validate(federation.apiSchema, parse(document)).map(({ message }) => message);
  const reference =
    invalid.length > 0 || against === 'monolith'
      ? undefined
      : set.reference(document, operationName);
  return {
    operation,
    invalid,
    runs:
      invalid.length > 0
        ? []
        : trial.seeds.map((seed) =>
            stageRun(set, { operation, reference, seed, faults: reference ? seed : 0 }),
          ),
    description: [
      'To repeat it, set FC_SEED and FC_PATH to the seed and path above.',
      `federation ${federation.name}, labels [${onLabels(trial)}]`,
      document,
      `variables ${JSON.stringify(variables)}`,
    ].join('\n'),
  };
};

const operationFor = ({ federation, engine }: Set, trial: Trial, against: Opponent): Operation => {
  const { apiSchema, avoids } = federation;
  // What Apollo plans wrongly the engine corrects.
  if (against === 'monolith') return writeOperation(apiSchema, trial.choices, []);
  const operation = writeOperation(apiSchema, trial.choices, avoids);
  const { document, ...request } = operation;
  return { ...operation, document: engine.corrected(document, request) };
};

const stageRun = (
  { federation, serve, worlds, stand, engine }: Set,
  {
    operation,
    reference,
    seed,
    faults,
  }: { operation: Operation; reference: ReferenceRun | undefined; seed: number; faults: number },
): StagedRun => {
  const { document, ...options } = operation;
  const world = worlds(seed);
  const call = serve(world, faultsOf(faults));
  return {
    seed,
    byReference: async () => {
      if (reference === undefined) throw new Error('compared with a monolith');
      return reference(options.variables, call);
    },
    byEngine: () => {
      stand.call = call;
      return engine.run(document, options);
    },
    byMonolith: () => askMonolith(federation, world, operation),
  };
};
