import type { Identities } from './identities.ts';
import { objectsAt, type PlanPath } from './places.ts';
import type { JsonObject } from './tree.ts';

/** What a fetch asks for. */
export interface Wanted {
  /** Each without a double. */
  readonly identities: readonly string[];
  readonly textOf: Identities['textOf'];
}

/** The entities that a fetch is for, and what it asks for them by. */
export interface Gathered extends Wanted {
  readonly targets: readonly JsonObject[];
  /** By target: the number of its identity. */
  readonly numbers: readonly number[];
  /** By target: which of the objects at the path it is. */
  readonly ordinals: readonly number[];
}

/** Finds the objects at the path that can be represented; equal ones are asked for once. */
export const gatherEntities = (
  root: JsonObject,
  path: PlanPath,
  { identify, textOf }: Identities,
): Gathered => {
  const known = new Map<string, number>();
  const identities: string[] = [];
  const targets: JsonObject[] = [];
  const numbers: number[] = [];
  const ordinals: number[] = [];
  objectsAt(root, path).forEach((object, ordinal) => {
    const identity = identify(object);
    if (identity === null) return;
    let number = known.get(identity);
    if (number === undefined) {
      number = identities.push(identity) - 1;
      known.set(identity, number);
    }
    targets.push(object);
    numbers.push(number);
    ordinals.push(ordinal);
  });
  return { identities, textOf, targets, numbers, ordinals };
};

/** The representations, as a JSON list. */
export const representations = (
  identities: readonly string[],
  textOf: Wanted['textOf'],
): string => {
  let text = '';
  for (const identity of identities) text += `,${textOf(identity)}`;
  return `[${text.slice(1)}]`;
};
