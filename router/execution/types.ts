/** What the executor needs to know of a supergraph's types, beyond the schema that clients see. */
export interface SupergraphTypes {
  /** By interface or union: the objects and interfaces that are of it, inaccessible ones included. */
  readonly subtypes: Readonly<Record<string, readonly string[]>>;
}

/** Whether a value of the type `name` satisfies the type condition. */
export const isOfType = ({ subtypes }: SupergraphTypes, name: string, condition: string): boolean =>
  name === condition || (subtypes[condition]?.includes(name) ?? false);
