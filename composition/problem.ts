import { type Place, printPlace } from './place.ts';

/** Why subgraphs do not compose, or what composes and may not be meant. */
export interface Problem {
  /** Federation's own: https://www.apollographql.com/docs/graphos/reference/federation/errors */
  readonly code: string;
  readonly message: string;
  /** The first is the most telling. */
  readonly places: readonly Place[];
  /** How to mend it, as exactly as can be said; null where nothing can. */
  readonly cure: string | null;
}

/** The problem as people read it: places, code, message, excerpts, cure. */
export const printProblem = ({ code, message, places, cure }: Problem): string => {
  const where = places.map(printPlace).join(', ');
  return [
    `${where}${where === '' ? '' : ' '}${code}: ${message}`,
    ...places.map(({ excerpt }) => excerpt),
    ...(cure === null ? [] : [`To mend it: ${cure}`]),
  ].join('\n');
};
