import type { SubgraphAnswer } from '../execution/call.ts';
import type { Ask, Call } from './ask.ts';
import { SubgraphFailure, subgraphFailure } from './failure.ts';
import type { Replica } from './replica.ts';

/**
 * Asks the better of two replicas that are chosen by chance: the one with less under way and shorter
 * times to answer (Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", 2001). Unlike
 * the best of all it does not send everyone to the one that looked best a moment ago.
 *
 * One that fails several times in a row rests; then one request finds out whether it is well again. Where
 * all rest, those are asked all the same that fail in no time, such as a process that is being started
 * again; where there is none either, nobody is.
 *
 * @param replicas as they are now, which may be none while a name is resolved
 */
export const balance =
  (replicas: () => readonly Replica[], random: () => number = Math.random): Ask =>
  async (call) => {
    let left = replicas();
    const hasOthers = left.length > 1;
    for (;;) {
      const replica = choose(left, call, random);
      if (replica === null) throw ALL_REST;
      try {
        return await askReplica(replica, call, hasOthers);
      } catch (error) {
        // Who refuses a connection takes no time, and has done nothing: the next one is asked at once.
        left = left.filter((each) => each !== replica);
        if (
          left.length === 0 ||
          !replica.failsFast ||
          subgraphFailure(error).kind !== 'unreached'
        ) {
          throw error;
        }
      }
    }
  };

const ALL_REST = new SubgraphFailure(
  'SUBGRAPH_UNAVAILABLE',
  new Error('every replica rests after its failures'),
  'unreached',
);

/** So many failures in a row, and a replica rests. */
const MAX_FAILURES = 3;

/** How long it rests, in milliseconds: twice as long each time, up to the longest. */
const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 4_000;

const askReplica = async (
  replica: Replica,
  call: Call,
  hasOthers: boolean,
): Promise<SubgraphAnswer> => {
  const startedMs = performance.now();
  const isProbe = replica.restsUntilMs > 0;
  replica.isProbed ||= isProbe;
  replica.inFlight += 1;
  call.attempts += 1;
  call.lastReplica = replica;
  try {
    const answer = await replica.ask(call);
    learnLatency(replica, performance.now() - startedMs);
    replica.failures = 0;
    replica.restsUntilMs = 0;
    return answer;
  } catch (error) {
    learnFailure(replica, subgraphFailure(error), performance.now() - startedMs, hasOthers);
    throw error;
  } finally {
    replica.inFlight -= 1;
    if (isProbe) replica.isProbed = false;
  }
};

const choose = (
  all: readonly Replica[],
  { lastReplica }: Call,
  random: () => number,
): Replica | null => {
  const [only, ...others] = all;
  if (only === undefined) return null;
  if (others.length === 0) return isAvailable(only) || only.failsFast ? only : null;
  const available = all.filter(isAvailable);
  // What failed at one replica is in better hands at another.
  const fresh = available.filter((each) => each !== lastReplica);
  const from = [fresh, available, all.filter(({ failsFast }) => failsFast)].find(
    (each) => each.length > 0,
  );
  return from === undefined ? null : betterOfTwo(from, random);
};

const isAvailable = ({ restsUntilMs, isProbed }: Replica): boolean =>
  restsUntilMs === 0 || (restsUntilMs <= performance.now() && !isProbed);

const betterOfTwo = (from: readonly Replica[], random: () => number): Replica | null => {
  const first = Math.floor(random() * from.length);
  const second = (first + 1 + Math.floor(random() * (from.length - 1))) % from.length;
  const [one = null, other = null] = [from[first], from[second]];
  if (one === null || other === null) return one;
  return loadOf(other) < loadOf(one) ? other : one;
};

/** What is under way, in the time that it takes; only a pace that is clearly another one counts. */
const loadOf = (replica: Replica): number => (replica.inFlight + 1) * paceOf(replica);

/** In steps of twice as long, so that chance decides between those that are about as quick. */
const paceOf = ({ latencyMs, latencyAtMs }: Replica): number => {
  // What is not asked because it was slow is tried again after a while.
  const forgotten = 0.5 ** ((performance.now() - latencyAtMs) / HALF_LIFE_MS);
  return 2 ** Math.round(Math.log2(Math.max(QUICK_MS, latencyMs * forgotten)));
};

/** Below so many milliseconds differences are chance. */
const QUICK_MS = 4;
const HALF_LIFE_MS = 1_000;

/** The part of an average that the newest answer makes up. */
const NEWEST = 0.2;

const learnLatency = (replica: Replica, latencyMs: number): void => {
  const { latencyMs: before } = replica;
  replica.latencyAtMs = performance.now();
  replica.latencyMs = before === 0 ? latencyMs : before + NEWEST * (latencyMs - before);
};

const learnFailure = (
  replica: Replica,
  failure: SubgraphFailure,
  afterMs: number,
  hasOthers: boolean,
): void => {
  const { kind } = failure;
  if (!isFaultOf(failure, hasOthers)) return;
  replica.failures += 1;
  replica.failsFast = kind !== 'late' && afterMs < FAST_MS;
  if (replica.failures < MAX_FAILURES && replica.restsUntilMs === 0) return;
  const times = replica.failures - MAX_FAILURES;
  replica.restsUntilMs =
    performance.now() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.max(0, times));
};

/** One operation that is always late or too large says nothing of the others, whose only replica it may be. */
const isFaultOf = ({ kind, code }: SubgraphFailure, hasOthers: boolean): boolean => {
  if (kind === 'unreached' || kind === 'lost') return true;
  return kind !== 'unwanted' && hasOthers && code !== 'SUBGRAPH_RESPONSE_TOO_LARGE';
};

/** What failed within so many milliseconds takes nobody's time. */
const FAST_MS = 50;
