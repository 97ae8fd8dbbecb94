import type { Asking } from './asking.ts';
import type { JsonObject, Path } from './tree.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** One execution of a compiled operation: what its steps share. */
export interface Run {
  readonly asking: Asking;
  /** As the client gave them: subgraphs coerce them by their own types. */
  readonly variables: Variables;
  /** Coerced, with defaults: what `@skip`, `@include` and the plan's conditions read. */
  readonly flags: Variables;
  /** What was gathered so far. */
  data: JsonObject;
  readonly errors: ExecutionError[];
  /** Told the ids of fetches that deferred parts may wait for. */
  readonly fetched: (id: string) => void;
}

/** Something that went wrong, and where in the answer. */
export interface ExecutionError {
  readonly message: string;
  readonly path: Path;
  /** As a subgraph gave them, not to be trusted; or the router's own `code`. */
  readonly extensions: Readonly<Record<string, unknown>>;
  /** The subgraph that it comes from; null where no one is to blame. */
  readonly service: string | null;
}

/** What one node of a plan does; nothing to wait for where it gives nothing. */
export type Step = (run: Run) => Promise<void> | undefined;

export const startRun = (asking: Asking, variables: Variables, flags: Variables): Run => ({
  asking,
  variables,
  flags,
  data: {},
  errors: [],
  fetched: () => {},
});
