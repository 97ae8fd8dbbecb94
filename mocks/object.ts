/** What is known of an object before its fields are made up: values by field. */
export type Given = Readonly<Record<string, unknown>>;

/** A made-up object. Its fields follow from what it is, when they are asked for. */
export interface MockObject {
  readonly __typename: string;
  /** Two with the same are the same: an entity's type and key, or the way to what is no entity. */
  readonly identity: string;
  readonly given: Given;
  /** What a mutation was told, which its answer shows where it can; empty elsewhere. */
  readonly told: Given;
}

const OBJECTS = new WeakSet<object>();

export const mockObject = (
  type: string,
  identity: string,
  given: Given = {},
  told: Given = {},
): MockObject => {
  const object: MockObject = { __typename: type, identity, given, told };
  OBJECTS.add(object);
  return object;
};

/** Whether it was made here, and is nothing that somebody sent. */
export const isMockObject = (value: unknown): value is MockObject =>
  typeof value === 'object' && value !== null && OBJECTS.has(value);

/** A value's member; undefined where it has none of its own by that name. */
export const own = (values: Given, name: string): unknown =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** Whether it has members, as what is sent as JSON. */
export const isGiven = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
