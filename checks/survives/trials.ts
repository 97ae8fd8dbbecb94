import type { CallSubgraph, SubgraphResult } from '../../router/execution/call.ts';
import type { Outcome } from '../../router/execution/operation.ts';
import { type FetchNode, fetchesOf } from '../../router/execution/plan.ts';
import type { CompiledSubscription } from '../../router/execution/subscription.ts';
import type { Planner } from '../../router/supergraph/planner.ts';
import { SubgraphFailure } from '../../router/transport/failure.ts';
import type { RegisteredOperation } from '../operations/read.ts';
import { CALLER, openGeneration, type Prepared, prepare } from '../planned.ts';
import { type Answered, gather } from './answer.ts';
import { mocksOf } from './subgraphs.ts';

/** An operation that can be run, any number of times but one at a time. */
export interface Trial {
  readonly fetches: readonly FetchNode[];
  /** Runs it while one subgraph is down, or none; a subscription is run until its first event. */
  readonly run: (down: string | null) => Promise<Answered>;
}

/** A supergraph whose subgraphs are mocks, in this process. */
export interface Trials {
  readonly subgraphs: readonly string[];
  /** @returns why not, where the router would not run it */
  readonly prepare: (operation: RegisteredOperation) => Promise<Trial | string>;
}

const ASKING = { caller: CALLER, departure: null, takesKept: false, journal: null, trace: null };

/**
 * Puts the router's planner and executor before mocks of all subgraphs.
 *
 * @throws SettingsError where the SDL is no supergraph
 */
export const openTrials = async (sdl: string, planner: Planner): Promise<Trials> => {
  const mocks = mocksOf(sdl);
  let isDown: string | null = null;
  const call =
    (name: string): CallSubgraph =>
    async (_asking, { query, operationName }, variables) => {
      const mock = mocks.get(name);
      if (mock === undefined || name === isDown) {
        throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', null);
      }
      const request = { query, operationName, variables: JSON.parse(variables) };
      return JSON.stringify(await mock.execute(request));
    };
  const generation = await openGeneration(sdl, planner, call);
  return {
    subgraphs: generation.facts.subgraphs.map(({ name }) => name),
    prepare: async (operation) => {
      const prepared = await prepare(generation, operation);
      if ('reason' in prepared) return prepared.reason;
      const { compiled, plan } = prepared.prepared;
      const run = (): Promise<Outcome> => {
        if (compiled.kind !== 'events') {
          return compiled.run(ASKING, prepared.variables, prepared.flags);
        }
        const { subgraph } = compiled.source;
        return firstEvent(compiled, prepared, subgraph === isDown ? null : call(subgraph));
      };
      return {
        fetches: fetchesOf(plan.node).map(({ fetch }) => fetch),
        run: async (down) => {
          isDown = down;
          return gather(await run());
        },
      };
    },
  };
};

/**
 * Opens a subscription, and completes its first event. One that cannot be opened has no data, whatever its schema
 * lets be null.
 *
 * @param ask null where the subgraph of the events is down
 */
const firstEvent = async (
  compiled: CompiledSubscription,
  { variables, flags }: Prepared,
  ask: CallSubgraph | null,
): Promise<Outcome> => {
  const { source } = compiled;
  const answer = (event: SubgraphResult) => compiled.answer(event, ASKING, variables, flags);
  if (ask === null) {
    const unopened = await answer({ errors: [{ message: 'It cannot be opened.' }] });
    return { kind: 'single', answer: { ...unopened, data: 'null' } };
  }
  const event = await ask(ASKING, source, compiled.sourceVariables(variables), null);
  return { kind: 'single', answer: await answer(JSON.parse(String(event))) };
};
