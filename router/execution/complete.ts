import type { GraphQLLeafType } from 'graphql';
import { ERRORS, type ErrorCode } from '../../contract/errors.ts';
import type { FieldShape, ObjectShape, ValueShape } from './shape.ts';
import { isObject, type Json, type JsonObject, own, type Path } from './tree.ts';

/** A value that does not fit the schema or may not be seen, and where. */
export interface CompletionError {
  readonly code: Extract<ErrorCode, 'SUBGRAPH_INVALID_VALUE' | 'UNAUTHORIZED_FIELD_OR_TYPE'>;
  readonly path: Path;
  readonly message: string;
}

export interface Completed {
  /** Null where an error reached the root. */
  readonly data: JsonObject | null;
  readonly errors: readonly CompletionError[];
}

const NOTHING: JsonObject = { __typename: null };

/** Thrown through what may not be null; the error has been noted already. */
const NULLED = Symbol('null where the schema has none');

interface Completion {
  readonly introspect: (field: FieldShape) => Json;
  readonly errors: CompletionError[];
}

/** Where a value stands, in the words of graphql-js: `Product.title`. */
interface Spot {
  readonly path: Path;
  readonly field: string;
}

/**
 * Completes data as graphql-js would (https://spec.graphql.org/October2021/#sec-Completing-Fields):
 * leaf values are serialized by their types, what does not fit is null with an error, and null goes
 * up to the next place that may be null. Beyond graphql-js, which takes any value for an object, a
 * value that is none is an error. Messages name the schema's fields and never the value.
 *
 * @param at the path of `value` in the answer, where it is a part
 */
export const complete = (
  shape: ObjectShape,
  value: Json,
  introspect: (field: FieldShape) => Json,
  at: Path = [],
): Completed => {
  const completion: Completion = { introspect, errors: [] };
  try {
    const data = completeObject(shape, value, { path: at, field: shape.type.name }, completion);
    return { data, errors: completion.errors };
  } catch (thrown) {
    if (thrown !== NULLED) throw thrown;
    return { data: null, errors: completion.errors };
  }
};

const fail = (completion: Completion, { path, field }: Spot, reason: string): never => {
  const message = `${reason} ${field}.`;
  completion.errors.push({ code: 'SUBGRAPH_INVALID_VALUE', path, message });
  throw NULLED;
};

const completeObject = (
  shape: ObjectShape,
  value: Json,
  spot: Spot,
  completion: Completion,
): JsonObject => {
  if (!isObject(value)) return fail(completion, spot, 'Expected an object for');
  // No prototype: names such as `__proto__` are names like any other.
  const object: JsonObject = Object.create(null);
  for (const field of shape.fields) {
    const { responseName, key, fieldName } = field;
    const inner = { path: [...spot.path, responseName], field: `${shape.type.name}.${fieldName}` };
    object[responseName] =
      field.value.kind === 'introspection'
        ? completion.introspect(field)
        : completeNullable(field.value, own(value, key), inner, completion);
  }
  return object;
};

/** What the viewer may not see is null, whatever else is known of the object. */
const completeLeftOut = (mayBeNull: boolean, path: Path, { errors }: Completion): Json => {
  const code = 'UNAUTHORIZED_FIELD_OR_TYPE';
  errors.push({ code, path, message: ERRORS[code].message });
  if (mayBeNull) return null;
  throw NULLED;
};

/** A value whose error ends here, as null, unless its type has none. */
const completeNullable = (
  shape: ValueShape,
  value: Json,
  spot: Spot,
  completion: Completion,
): Json => {
  if (shape.kind === 'nonNull') return completePresent(shape.of, value, spot, completion);
  if (shape.kind === 'typename') return shape.name;
  if (shape.kind === 'leftOut') return completeLeftOut(shape.mayBeNull, spot.path, completion);
  if (value === null || value === undefined) return null;
  try {
    return completePresent(shape, value, spot, completion);
  } catch (thrown) {
    if (thrown !== NULLED) throw thrown;
    return null;
  }
};

const completePresent = (
  shape: ValueShape,
  value: Json,
  spot: Spot,
  completion: Completion,
): Json => {
  if (shape.kind === 'typename') return shape.name;
  if (value === null || value === undefined) {
    return fail(completion, spot, 'Cannot return null for non-nullable field');
  }
  switch (shape.kind) {
    case 'leaf':
      return completeLeaf(shape.type, value, spot, completion);
    case 'list':
      if (!Array.isArray(value)) return fail(completion, spot, 'Expected a list for field');
      return value.map((item, index) =>
        completeNullable(shape.item, item, { ...spot, path: [...spot.path, index] }, completion),
      );
    case 'object':
      return completeObject(shape.shape(), value, spot, completion);
    case 'abstract': {
      // Not asked for where a subgraph knows the interface as an object.
      const { __typename: type = shape.name } = isObject(value) ? value : NOTHING;
      const found = typeof type === 'string' ? shape.shape(type) : undefined;
      if (found === undefined)
        return fail(completion, spot, `Expected a known type of ${shape.name} for field`);
      return completeObject(found, value, spot, completion);
    }
    case 'nonNull':
      return completePresent(shape.of, value, spot, completion);
    case 'introspection':
    case 'leftOut':
      throw new Error(`${shape.kind} is completed as a field`);
  }
};

const completeLeaf = (
  type: GraphQLLeafType,
  value: Json,
  spot: Spot,
  completion: Completion,
): Json => {
  try {
    const serialized: Json = type.serialize(value);
    if (serialized !== null && serialized !== undefined) return serialized;
  } catch {
    // What graphql-js says of the value would show the value.
  }
  return fail(completion, spot, `Expected a value of type ${type.name} for field`);
};
