import { callerText } from '../../contract/viewer.ts';
import type { SubgraphAnswer } from '../execution/call.ts';
import { type Awaited, createDeparture, type Departure } from '../execution/departure.ts';
import type { FetchOperation } from '../execution/fetch-operation.ts';
import { copyOf } from '../execution/tree.ts';
import type { Ask, Call } from './ask.ts';

/** A query that is under way. */
interface UnderWay {
  answer: Promise<SubgraphAnswer>;
  /** How many wait for it. */
  waiting: number;
  /** For those who came second: what becomes part of the first one's data must be nobody else's. */
  spare: SubgraphAnswer | null;
  /** Null where somebody waits to the end. */
  departure: Awaited | null;
}

/**
 * Asks once for what several ask for at the same time: the same query with the same variables, for the
 * same caller, while its answer is under way. It is given up when nobody of them waits any more.
 */
export const share = (next: Ask): Ask => {
  const operations = new WeakMap<FetchOperation, Map<string, UnderWay>>();

  const underWayOf = (operation: FetchOperation): Map<string, UnderWay> => {
    const known = operations.get(operation);
    if (known !== undefined) return known;
    const made = new Map<string, UnderWay>();
    operations.set(operation, made);
    return made;
  };

  const begin = (call: Call, all: Map<string, UnderWay>, key: string): Promise<SubgraphAnswer> => {
    const departure = call.asking.departure === null ? null : createDeparture();
    const asked = departure === null ? call : { ...call, asking: { ...call.asking, departure } };
    const end = (): void => {
      if (all.get(key) === one) all.delete(key);
    };
    const answer = next(asked).then(
      (given) => {
        end();
        call.attempts = asked.attempts;
        if (one.waiting > 1 && typeof given !== 'string') one.spare = copyOf(given) as typeof given;
        return given;
      },
      (error: unknown) => {
        end();
        call.attempts = asked.attempts;
        throw error;
      },
    );
    const one: UnderWay = { answer, waiting: 0, spare: null, departure };
    all.set(key, one);
    // From then on it has no answer to give.
    departure?.onLeave(end);
    wait(one, call.asking.departure);
    return answer;
  };

  return (call) => {
    // What follows a change must not be answered by what was asked before it.
    if (call.operation.kind !== 'query' || !call.asking.takesKept) return next(call);
    const all = underWayOf(call.operation);
    const key = `${callerText(call.asking.caller)}${call.variables}`;
    const one = all.get(key);
    if (one === undefined) return begin(call, all, key);
    call.source = 'shared';
    wait(one, call.asking.departure);
    return one.answer.then((answer) =>
      typeof answer === 'string' ? answer : (copyOf(one.spare) as SubgraphAnswer),
    );
  };
};

const wait = (one: UnderWay, departure: Departure | null): void => {
  one.waiting += 1;
  // Somebody will wait for it to the end.
  if (departure === null) one.departure = null;
  departure?.onLeave(() => {
    one.waiting -= 1;
    if (one.waiting === 0) one.departure?.leave();
  });
};
