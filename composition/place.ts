import { type ASTNode, getLocation, type Location, printLocation } from 'graphql';

/** Where in a file. */
export interface Place {
  /** Whose schema it is; null where it is no subgraph's. */
  readonly subgraph: string | null;
  /** As it is called from where this runs, or a URL. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** The lines around it with a caret below the place, as graphql-js prints them. */
  readonly excerpt: string;
}

/** The place of what was parsed with its locations. */
export const placeAt = (loc: Location, subgraph: string | null = null): Place => {
  const { line, column } = getLocation(loc.source, loc.start);
  return { subgraph, file: loc.source.name, line, column, excerpt: printLocation(loc) };
};

/** A definition begins with its description; what people look for is its name. */
export const locationOf = (node: ASTNode): Location | undefined =>
  'name' in node && node.name !== undefined ? node.name.loc : node.loc;

/** `catalog subgraphs/catalog/schema.graphql:12:3` */
export const printPlace = ({ subgraph, file, line, column }: Place): string =>
  `${subgraph === null ? '' : `${subgraph} `}${file}:${line}:${column}`;
