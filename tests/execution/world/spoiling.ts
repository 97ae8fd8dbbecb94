import type { GraphQLOutputType } from 'graphql';
import type { Faults, FieldFault, RequestFault } from './faults.ts';
import { type Arguments, isThing, type Thing } from './thing.ts';
import type { World } from './world.ts';
import { wrongValue } from './wrong-values.ts';

type Path = readonly (string | number)[];

/** Something to do to an answer that graphql-js itself would never give. */
export type Spoiling =
  | {
      readonly kind: 'wrong-type' | 'missing' | 'error-beside-value';
      readonly path: Path;
      readonly type: GraphQLOutputType;
      readonly where: string;
    }
  | { readonly kind: 'typename'; readonly path: Path; readonly thing: Thing };

/** An error that a resolver throws, marked with what shall become of it. */
export interface Broken {
  readonly fault: FieldFault;
  readonly where: string;
}

interface Answer {
  data?: unknown;
  errors?: { message: string; path?: unknown; extensions?: Record<string, unknown> }[];
}

export interface Circumstances {
  readonly fault: RequestFault | undefined;
  readonly faults: Faults;
  readonly world: World;
  /** The variable, where the request asks for entities. */
  readonly representations: readonly Arguments[] | undefined;
}

/** The codes, or what stands where a code should, that broken fields give. */
export const extensionsOf = (faults: Faults, where: string): Record<string, unknown> =>
  faults.variant([{}, { code: 'BROKEN' }, { code: 5 }, { other: true }], `extensions ${where}`);

/** Turns a correct answer into the one that is sent. */
export const spoil = (
  answer: Answer,
  spoilings: readonly Spoiling[],
  circumstances: Circumstances,
): unknown => {
  const { fault, faults, representations } = circumstances;
  for (const error of answer.errors ?? []) displace(error, faults, representations !== undefined);
  // Inner values first: what is put in an outer place of them would hide them.
  for (const spoiling of spoilings.toReversed()) apply(answer, spoiling, circumstances);
  spoilEntityTypenames(answer, circumstances);
  return fault === undefined ? answer : spoilWhole(answer, fault, circumstances);
};

const NO_PATHS: readonly unknown[] = [undefined, null, [], 'text', [{}], 5];
const NO_ENTITY_PATHS: readonly unknown[] = [['_entities'], ['_entities', 999, 'x'], ['other', 0]];

/** Takes the path away from the errors that are to have none. */
const displace = (
  error: NonNullable<Answer['errors']>[number],
  faults: Faults,
  ofEntities: boolean,
): void => {
  const { broken, ...extensions } = error.extensions ?? {};
  error.extensions = extensions;
  // Put there by the resolver that threw it.
  const { fault, where } = (broken ?? {}) as Partial<Broken>;
  if (fault !== 'error-without-path') return;
  const paths = ofEntities ? [...NO_PATHS, ...NO_ENTITY_PATHS] : NO_PATHS;
  error.path = faults.variant(paths, `path ${where}`);
};

const apply = (answer: Answer, spoiling: Spoiling, { faults, world }: Circumstances): void => {
  const name = spoiling.path.at(-1) ?? '';
  const object = valueAt(answer.data, spoiling.path.slice(0, -1));
  if (!isRecord(object) || !Object.hasOwn(object, name)) return;
  const value = object[name];
  switch (spoiling.kind) {
    case 'typename':
      spoilTypename(value, spoiling.thing, faults, world);
      return;
    case 'missing':
      delete object[name];
      return;
    case 'wrong-type':
      define(object, name, wrongValue(spoiling.type, value, faults, spoiling.where));
      return;
    case 'error-beside-value':
      answer.errors ??= [];
      answer.errors.push({
        message: `Doubtful: ${name}`,
        path: spoiling.path,
        extensions: extensionsOf(faults, spoiling.where),
      });
  }
};

const spoilTypename = (value: unknown, thing: Thing, faults: Faults, world: World): void => {
  if (!isRecord(value) || !Object.hasOwn(value, '__typename')) return;
  const typenames = [...world.types.members(world.types.family(thing.typename)), 'Query'];
  const lie = faults.ofTypename(thing.identity, typenames);
  if (lie === undefined) return;
  if (lie.says === undefined) delete value['__typename'];
  else value['__typename'] = lie.says;
};

const spoilEntityTypenames = (
  answer: Answer,
  { representations, faults, world }: Circumstances,
): void => {
  for (const [index, representation] of (representations ?? []).entries()) {
    const thing = world.identify(representation);
    const entity = valueAt(answer.data, ['_entities', index]);
    if (thing !== undefined) spoilTypename(entity, thing, faults, world);
  }
};

const spoilWhole = (
  answer: Answer,
  fault: RequestFault,
  { faults, representations }: Circumstances,
): unknown => {
  const entities = valueAt(answer.data, ['_entities']);
  const list = Array.isArray(entities) ? entities : [];
  switch (fault) {
    case 'rejected':
      throw new Error('The subgraph is down.');
    case 'no-result':
      return faults.variant(
        [
          null,
          'text',
          5,
          [],
          {},
          { data: 'text' },
          { data: [] },
          { errors: 'text' },
          { errors: [5] },
        ],
        'result',
      );
    case 'errors-only':
      return { errors: [{ message: 'Not now.', extensions: { code: 'NOT_NOW' } }] };
    default:
      return representations === undefined
        ? answer
        : { data: { _entities: lengthened(list, fault) } };
  }
};

const lengthened = (list: readonly unknown[], fault: RequestFault): unknown => {
  if (fault === 'too-few-entities') return list.slice(1);
  if (fault === 'too-many-entities') return [...list, null];
  return { 0: null, length: 1 };
};

const valueAt = (value: unknown, path: Path): unknown => {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  return isRecord(value) && Object.hasOwn(value, step) ? valueAt(value[step], rest) : undefined;
};

const isRecord = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null;

/** Assigning to `__proto__` would not make a property. */
const define = (object: object, name: string | number, value: unknown): void => {
  Object.defineProperty(object, name, {
    value,
    configurable: true,
    enumerable: true,
    writable: true,
  });
};

/** The things that a value holds, as what their types may be lied about. */
export const typenameSpoilings = (value: unknown, path: Path): Spoiling[] => {
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => typenameSpoilings(element, [...path, index]));
  }
  return isThing(value) ? [{ kind: 'typename', path, thing: value }] : [];
};
