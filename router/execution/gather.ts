import { objectsAt, type PlanPath } from './places.ts';
import type { Represent } from './representations.ts';
import type { JsonObject } from './tree.ts';

/** The entities that a fetch is for, and what it asks for them by. */
export interface Gathered {
  /** Each without a double. */
  readonly representations: readonly string[];
  readonly targets: readonly JsonObject[];
  /** By target: the number of its representation. */
  readonly numbers: readonly number[];
  /** By target: which of the objects at the path it is. */
  readonly ordinals: readonly number[];
}

/** Finds the objects at the path that can be represented; equal ones are asked for once. */
export const gatherEntities = (
  root: JsonObject,
  path: PlanPath,
  represent: Represent,
): Gathered => {
  const known = new Map<string, number>();
  const targets: JsonObject[] = [];
  const numbers: number[] = [];
  const ordinals: number[] = [];
  objectsAt(root, path).forEach((object, ordinal) => {
    const representation = represent(object);
    if (representation === null) return;
    let number = known.get(representation);
    if (number === undefined) {
      number = known.size;
      known.set(representation, number);
    }
    targets.push(object);
    numbers.push(number);
    ordinals.push(ordinal);
  });
  return { representations: [...known.keys()], targets, numbers, ordinals };
};
