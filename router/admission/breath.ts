/** For how long a turn of the event loop may be at it before what can wait is left for later turns, in milliseconds. */
const BUDGET_MS = 1;

/** The present turn of this process's event loop; it began when somebody first asked in it. */
let turn = 0;
let beganMs: number | null = null;
let isEndAwaited = false;

interface Waiting {
  readonly since: number;
  readonly goOn: () => void;
}

/** In the order of their coming; each goes on in a turn of its own. */
const waiting: Waiting[] = [];

/**
 * Gives others a turn of the event loop, where this one has taken long already or others wait for theirs. Node
 * takes one new connection a turn (libuv since 1.45: https://github.com/libuv/libuv/pull/3696) and hears between turns
 * that a client has left: where every turn is full of work, clients wait at the door until they go, and are served then.
 *
 * @returns what is to be waited for; undefined where there is nothing to wait for
 */
export const breathe = (): Promise<void> | undefined => {
  awaitEnd();
  beganMs ??= performance.now();
  if (waiting.length === 0 && performance.now() - beganMs < BUDGET_MS) return undefined;
  return new Promise((resolve) => waiting.push({ since: turn, goOn: resolve }));
};

const awaitEnd = (): void => {
  if (isEndAwaited) return;
  isEndAwaited = true;
  setImmediate(endTurn);
};

const endTurn = (): void => {
  isEndAwaited = false;
  beganMs = null;
  const ended = turn;
  turn += 1;
  const [first] = waiting;
  if (first === undefined) return;
  awaitEnd();
  // Who came in the turn that ends now waits for the next: between them is what others had to be given.
  if (first.since === ended) return;
  waiting.shift();
  beganMs = performance.now();
  first.goOn();
};
