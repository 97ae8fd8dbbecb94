import type { Answer } from '../../router/execution/answer.ts';
import type { Outcome } from '../../router/execution/operation.ts';

/** What came of an operation, parts that were deferred included. */
export interface Answered {
  /** Null where an error reached the top. */
  readonly data: unknown;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** Paths at which something stands in. */
  readonly standIns: ReadonlySet<string>;
}

type Path = Answer['errors'][number]['path'];

/** Waits for all parts, and puts each where it belongs. */
export const gather = async (outcome: Outcome): Promise<Answered> => {
  if (outcome.kind === 'single') return gathered([{ path: [], ...outcome.answer }]);
  const parts: Part[] = [{ path: [], ...outcome.first }];
  for await (const { patches } of outcome.rest) parts.push(...patches);
  return gathered(parts);
};

interface Part extends Answer {
  readonly path: Path;
}

const gathered = (parts: readonly Part[]): Answered => {
  const data = parts.reduce<unknown>(
    (whole, part) => merged(whole, part.path, JSON.parse(part.data)),
    null,
  );
  return {
    data,
    errors: parts.flatMap(({ errors }) =>
      errors.map(({ path, message }) => ({ path: folded(path), message })),
    ),
    standIns: new Set(parts.flatMap(({ degraded }) => degraded.map(({ path }) => folded(path)))),
  };
};

const merged = (whole: unknown, [step, ...rest]: Path, part: unknown): unknown => {
  if (step === undefined) return both(whole, part);
  if (Array.isArray(whole)) {
    return whole.map((each, index) => (index === step ? merged(each, rest, part) : each));
  }
  return { ...Object(whole), [step]: merged(Object(whole)[step], rest, part) };
};

const both = (one: unknown, other: unknown): unknown => {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.map((each, index) => both(each, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return other ?? one;
  const added = Object.entries(other).map(([name, value]) => [name, both(one[name], value)]);
  return { ...one, ...Object.fromEntries(added) };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `products.nodes.*.title`: places in lists do not count. */
const folded = (path: readonly (string | number)[]): string =>
  path.map((step) => (typeof step === 'number' || step === '@' ? '*' : step)).join('.');

/**
 * What one answer has and another lacks.
 *
 * @returns folded paths in the order of the answer, each once; the empty one where all is lost
 */
export const lostPaths = (whole: unknown, { data, standIns }: Answered): readonly string[] => {
  const lost = new Set<string>();
  const compare = (before: unknown, after: unknown, path: readonly string[]): void => {
    if (before === null || before === undefined || standIns.has(path.join('.'))) return;
    if (after === null || after === undefined) return void lost.add(path.join('.'));
    if (Array.isArray(before)) {
      for (const [index, each] of before.entries()) {
        compare(each, Object(after)[index], [...path, '*']);
      }
    } else if (isObject(before)) {
      for (const [name, value] of Object.entries(before)) {
        compare(value, Object(after)[name], [...path, name]);
      }
    }
  };
  compare(whole, data, []);
  return [...lost];
};
