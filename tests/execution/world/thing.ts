/**
 * An object of the world. All that is true of it follows from its identity, so that every
 * subgraph, and the monolith, knows the same without keeping anything.
 */
export interface Thing {
  /** `Product:3` for an entity; for other objects the way to them from an entity or a root. */
  readonly identity: string;
  /** As the schema calls it that it was made for. */
  readonly typename: string;
  /** The representation that it was made from, if it was. */
  readonly given?: Arguments;
  /** The object whose field gave it, if one did. */
  readonly parent?: Thing;
}

/** Values by name, as JSON has them. */
export type Arguments = Readonly<Record<string, unknown>>;

export const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && 'identity' in value && 'typename' in value;
