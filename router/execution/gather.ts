import type { Identities } from './identities.ts';
import { objectsAt, type PlanPath } from './places.ts';
import type { JsonObject } from './tree.ts';

/** What a fetch asks for. */
export interface Wanted extends Pick<Identities, 'textOf' | 'listOf'> {
  /** Each without a double. */
  readonly identities: readonly string[];
}

/**
 * The entities that a fetch is for, and what it asks for them by. Both lists of numbers are held while
 * the subgraph answers, for every entity: mostly they would say nothing, and are not made.
 */
export interface Gathered extends Wanted {
  readonly targets: readonly JsonObject[];
  /** By target: the number of its identity; null where each has the identity of its own number. */
  readonly numbers: readonly number[] | null;
  /** By target: which of the objects at the path it is; null where all of them are targets. */
  readonly ordinals: readonly number[] | null;
}

/** The number of the identity of a target. */
export const numberOf = ({ numbers }: Gathered, target: number): number =>
  numbers === null ? target : (numbers[target] ?? -1);

/** Which of the objects at the path a target is. */
export const ordinalOf = ({ ordinals }: Gathered, target: number): number =>
  ordinals === null ? target : (ordinals[target] ?? -1);

/** Finds the objects at the path that can be represented; equal ones are asked for once. */
export const gatherEntities = (
  root: JsonObject,
  path: PlanPath,
  { identify, textOf, listOf }: Identities,
): Gathered => {
  const objects = objectsAt(root, path);
  const found = objects.map(identify);
  const asked = found.filter((identity) => identity !== null);
  const isWhole = asked.length === found.length;
  const numbers = new Map<string, number>();
  for (const identity of asked) {
    if (!numbers.has(identity)) numbers.set(identity, numbers.size);
  }
  const isDistinct = numbers.size === asked.length;
  return {
    textOf,
    listOf,
    identities: isDistinct ? asked : [...numbers.keys()],
    targets: isWhole ? objects : objects.filter((_object, ordinal) => found[ordinal] !== null),
    numbers: isDistinct ? null : asked.map((identity) => numbers.get(identity) ?? -1),
    ordinals: isWhole ? null : [...found.keys()].filter((ordinal) => found[ordinal] !== null),
  };
};
