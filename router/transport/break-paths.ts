import { askedCoordinates } from '../execution/asked-coordinates.ts';
import type { SubgraphAnswer } from '../execution/call.ts';
import type { Ask, Call } from './ask.ts';
import { type Breaker, type BreakerState, createBreaker } from './breaker.ts';
import { type FailureKind, SubgraphFailure, subgraphFailure } from './failure.ts';

/** The breakers of one subgraph, by what is asked of it: `Product.related`. */
export type PathBreakers = Map<string, Breaker>;

/** Those that are not closed. */
export const brokenPaths = (
  breakers: PathBreakers,
): readonly (readonly [string, Exclude<BreakerState, 'closed'>])[] =>
  [...breakers].flatMap(([coordinate, breaker]) => {
    const state = breaker.state();
    return state === 'closed' ? [] : [[coordinate, state] as const];
  });

/**
 * Stops asking for fields that fail, each on its own: where `Product.related` is always late, whoever
 * asks for it is told so at once, and what else the subgraph gives is asked for as before. A subgraph
 * that cannot be reached is no matter of fields, and rests as a whole (see balance.ts).
 *
 * There are breakers for what failed lately only, so that nothing is counted while all is well.
 */
export const breakPaths =
  (next: Ask, breakers: PathBreakers): Ask =>
  (call) =>
    breakers.size === 0
      ? next(call).catch(learnFailure(call, breakers))
      : guarded(next, call, breakers);

const learnFailure =
  (call: Call, breakers: PathBreakers) =>
  (error: unknown): never => {
    if (isOfPath(subgraphFailure(error).kind)) {
      for (const coordinate of askedCoordinates(call.operation)) {
        const breaker = breakers.get(coordinate) ?? createBreaker();
        breakers.set(coordinate, breaker);
        breaker.failed();
      }
    }
    throw error;
  };

const guarded = async (next: Ask, call: Call, breakers: PathBreakers): Promise<SubgraphAnswer> => {
  forgetCalm(breakers);
  const asked = askedCoordinates(call.operation).flatMap((each) => breakers.get(each) ?? []);
  const letting: Breaker[] = [];
  for (const breaker of asked) {
    if (breaker.lets()) letting.push(breaker);
  }
  if (letting.length < asked.length) {
    for (const breaker of letting) breaker.ended();
    throw BROKEN;
  }
  try {
    const answer = await next(call);
    for (const breaker of asked) breaker.succeeded();
    return answer;
  } catch (error) {
    if (isOfPath(subgraphFailure(error).kind)) return learnFailure(call, breakers)(error);
    for (const breaker of asked) breaker.ended();
    throw error;
  }
};

const isOfPath = (kind: FailureKind): boolean => kind === 'late' || kind === 'unusable';

const forgetCalm = (breakers: PathBreakers): void => {
  for (const [coordinate, breaker] of breakers) {
    if (breaker.isCalm()) breakers.delete(coordinate);
  }
};

/** Made once: a stack takes time, and it says nothing that its name does not. */
const BROKEN = new SubgraphFailure('SUBGRAPH_UNAVAILABLE', 'these fields fail', 'unreached');
