import type { Path } from './tree.ts';

/** Where a plan calls things otherwise than the client does. */
export interface Names {
  /** By name in the data: the response name that the client reads. */
  readonly clientNames: ReadonlyMap<string, string>;
  /** By name of a variable in the plan: the name under which the client gave it. */
  readonly givenNames: ReadonlyMap<string, string>;
  /** The name in the data of what stands for an empty selection, and is not answered. */
  readonly unanswered: string | null;
}

/** The path in the answer of a path in the data. */
export const clientPath = ({ clientNames }: Names, path: Path): Path =>
  clientNames.size === 0
    ? path
    : path.map((step) => (typeof step === 'string' ? (clientNames.get(step) ?? step) : step));
