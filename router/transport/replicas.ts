import type { CallSubgraph } from '../execution/call.ts';
import { SubgraphFailure } from './failure.ts';
import type { Subscribe } from './subscribe.ts';

/** The ways to the replicas of one subgraph, at least one. */
export type Replicas<Way> = readonly [Way, ...Way[]];

/**
 * Asks the replicas of a subgraph in turn. A query that could not be brought to its replica goes to
 * the next one, once, with time of its own; a mutation never, since it may have been done although
 * the answer was lost.
 */
export const callReplicas = (replicas: Replicas<CallSubgraph>): CallSubgraph => {
  const [only, ...others] = replicas;
  if (others.length === 0) return only;
  const turns = inTurn(replicas);
  return async (caller, operation, variables) => {
    const [first, second] = turns();
    try {
      return await first(caller, operation, variables);
    } catch (error) {
      if (operation.kind !== 'query' || !wasUnreachable(error)) throw error;
      return second(caller, operation, variables);
    }
  };
};

/** Opens each subscription at the next replica; so does one that is opened again. */
export const subscribeAtReplicas = (replicas: Replicas<Subscribe>): Subscribe => {
  const turns = inTurn(replicas);
  return (...asked) => turns()[0](...asked);
};

/** Whose turn it is, and who is next. */
const inTurn = <Way>(replicas: Replicas<Way>): (() => readonly [Way, Way]) => {
  let turn = 0;
  const at = (index: number): Way => replicas[index % replicas.length] ?? replicas[0];
  return () => {
    const first = turn;
    turn = (turn + 1) % replicas.length;
    return [at(first), at(first + 1)];
  };
};

/** The connection was not made, or broke before there was an answer; by the codes of Node and undici. */
const CONNECTION_CODES: ReadonlySet<unknown> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** Whether a failed request may be in better hands elsewhere. */
export const isConnectionError = (error: unknown): boolean =>
  CONNECTION_CODES.has(Object(error).code);

const wasUnreachable = (failure: unknown): boolean =>
  failure instanceof SubgraphFailure && isConnectionError(failure.cause);
