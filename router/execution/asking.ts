import type { Caller } from '../../contract/viewer.ts';
import type { CallTracer } from './call-tracer.ts';
import type { Departure } from './departure.ts';
import type { Journal } from './journal.ts';

/** On whose behalf subgraphs are asked, and who is to know of it. */
export interface Asking {
  readonly caller: Caller;
  /** Null where it is done to the end, whether or not anybody waits: mutations are. */
  readonly departure: Departure | null;
  /** Whether what was kept from before will do: not for what follows a change. */
  readonly takesKept: boolean;
  /** Null where nobody reads it. */
  readonly journal: Journal | null;
  /** Null where it is not traced. */
  readonly trace: CallTracer | null;
}
