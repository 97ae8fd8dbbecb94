import type { ExecutionError } from './run.ts';
import type { FieldShape, ObjectShape, ValueShape } from './shape.ts';
import { isObject, type Json, type JsonObject, own, type Path, setOwn } from './tree.ts';

/** By field, such as `Product.related`: the JSON text of what stands in where it fails (`@standIn`). */
export type StandIns = ReadonlyMap<string, string>;

/** What something else stands in for, and why. */
export interface Degraded {
  /** `@` is every item of a list. */
  readonly path: Path;
  readonly service: string | null;
  /** What went wrong. */
  readonly code: string;
  readonly standIn: 'DEFAULT' | 'LAST_GOOD';
}

const NOTHING_DEGRADED: readonly Degraded[] = [];

/** Errors, and what is left of them. */
interface StoodIn {
  readonly errors: readonly ExecutionError[];
  readonly degraded: readonly Degraded[];
}

/**
 * Puts what stands in where a field failed that says so, and takes its error for met.
 *
 * @param value what was gathered, which is changed
 * @param at the path of `value` in the answer
 */
export const standIn = (
  standIns: StandIns,
  shape: () => ObjectShape,
  value: Json,
  errors: readonly ExecutionError[],
  at: Path,
): StoodIn => {
  if (standIns.size === 0 || errors.length === 0) return { errors, degraded: NOTHING_DEGRADED };
  const left: ExecutionError[] = [];
  const degraded: Degraded[] = [];
  for (const error of errors) {
    const spot = spotAt(shape(), value, error.path.slice(at.length));
    const text = spot === null ? undefined : standIns.get(`${spot.type}.${spot.field.fieldName}`);
    if (spot === null || text === undefined || own(spot.object, spot.field.key) != null) {
      left.push(error);
      continue;
    }
    setOwn(spot.object, spot.field.key, JSON.parse(text));
    const { path, service, extensions } = error;
    degraded.push({ path, service, code: String(extensions['code']), standIn: 'DEFAULT' });
  }
  return { errors: left, degraded };
};

/** A field of an object in the data. */
interface Spot {
  readonly type: string;
  readonly field: FieldShape;
  readonly object: JsonObject;
}

/** The field at a path; null where the path ends at no field, or leads nowhere. */
const spotAt = (shape: ObjectShape, value: Json, [step, ...rest]: Path): Spot | null => {
  if (!isObject(value)) return null;
  const field = shape.fields.find(({ responseName }) => responseName === step);
  if (field === undefined) return null;
  if (rest.length === 0) return { type: shape.type.name, field, object: value };
  return spotIn(field.value, own(value, field.key), rest);
};

const spotIn = (shape: ValueShape, value: Json, path: Path): Spot | null => {
  switch (shape.kind) {
    case 'nonNull':
      return spotIn(shape.of, value, path);
    case 'list': {
      const [index, ...rest] = path;
      return Array.isArray(value) && typeof index === 'number'
        ? spotIn(shape.item, value[index], rest)
        : null;
    }
    case 'object':
      return spotAt(shape.shape(), value, path);
    case 'abstract': {
      const type = isObject(value) ? shape.shape(String(value['__typename'])) : undefined;
      return type === undefined ? null : spotAt(type, value, path);
    }
    case 'typename':
    case 'introspection':
    case 'leftOut':
    case 'leaf':
      return null;
  }
};
