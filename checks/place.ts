import { getLocation, type Location, printLocation } from 'graphql';
import type { Place } from './finding.ts';

/** The place of a node that was parsed with its locations; the source is named as the file is. */
export const placeAt = (loc: Location, subgraph: string | null = null): Place => {
  const { line, column } = getLocation(loc.source, loc.start);
  return { subgraph, file: loc.source.name, line, column, excerpt: printLocation(loc) };
};
