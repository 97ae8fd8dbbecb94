import { callerText } from '../../contract/viewer.ts';
import type { SubgraphAnswer } from '../execution/call.ts';
import { type Awaited, createDeparture, type Departure } from '../execution/departure.ts';
import type { FetchOperation } from '../execution/fetch-operation.ts';
import { copyOf } from '../execution/tree.ts';
import type { Ask, Call } from './ask.ts';

/** A query that is under way. */
interface UnderWay {
  readonly answer: Promise<SubgraphAnswer>;
  /** How many wait for it. */
  waiting: number;
  /** For those who came second: what becomes part of the first one's data must be nobody else's. */
  spare: SubgraphAnswer | null;
  /** Null where somebody waits to the end. */
  departure: Awaited | null;
  /**
   * What takes the listeners off those who wait. They wait for other things too, and would else hold
   * the answer's text for as long.
   */
  readonly forgets: (() => void)[];
}

/** By the JSON text of its variables. */
type ByVariables = Map<string, UnderWay>;

/**
 * Asks once for what several ask for at the same time: the same query with the same variables, for the
 * same caller, while its answer is under way. It is given up when nobody of them waits any more.
 */
export const share = (next: Ask): Ask => {
  // The caller apart from the variables: one key of both would be another long text.
  const operations = new WeakMap<FetchOperation, Map<string, ByVariables>>();

  const begin = (call: Call, all: ByVariables, isOver: () => void): Promise<SubgraphAnswer> => {
    const { variables } = call;
    const departure = call.asking.departure === null ? null : createDeparture();
    const asked = departure === null ? call : { ...call, asking: { ...call.asking, departure } };
    const end = (): void => {
      if (all.get(variables) === one) all.delete(variables);
      if (all.size === 0) isOver();
      for (const forget of one.forgets) forget();
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
    const one: UnderWay = { answer, waiting: 0, spare: null, departure, forgets: [] };
    all.set(variables, one);
    // From then on it has no answer to give.
    departure?.onLeave(end);
    wait(one, call.asking.departure);
    return answer;
  };

  return (call) => {
    const { operation, variables, asking } = call;
    // What follows a change must not be answered by what was asked before it.
    if (operation.kind !== 'query' || !asking.takesKept) return next(call);
    const callers = operations.get(operation) ?? new Map<string, ByVariables>();
    operations.set(operation, callers);
    const caller = callerText(asking.caller);
    const all: ByVariables = callers.get(caller) ?? new Map();
    callers.set(caller, all);
    const one = all.get(variables);
    if (one === undefined) {
      return begin(call, all, () => {
        if (callers.get(caller) === all) callers.delete(caller);
      });
    }
    call.source = 'shared';
    wait(one, asking.departure);
    return one.answer.then((answer) =>
      typeof answer === 'string' ? answer : (copyOf(one.spare) as SubgraphAnswer),
    );
  };
};

const wait = (one: UnderWay, departure: Departure | null): void => {
  one.waiting += 1;
  // Somebody will wait for it to the end.
  if (departure === null) {
    one.departure = null;
    return;
  }
  const forget = departure.onLeave(() => {
    one.waiting -= 1;
    if (one.waiting === 0) one.departure?.leave();
  });
  one.forgets.push(forget);
};
