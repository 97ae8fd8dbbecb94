import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  parse,
  visit,
} from 'graphql';
import { type Answer, compileSelection, type Selection } from './answer.ts';
import { createChannel } from './channel.ts';
import type { ServiceAt } from './explain.ts';
import type { Names } from './names.ts';
import type { DeferNode, PlanNode } from './plan.ts';
import type { Run, Step } from './run.ts';
import type { ObjectShape, ObjectType, ValueShape } from './shape.ts';
import { createSignals, type Signals } from './signals.ts';
import { isObject, type Json, type JsonObject, own, type Path } from './tree.ts';

// @defer: a first answer without the deferred parts, then each part when its fetches are done.
//
// - A part begins as soon as the fetches that it depends on have answered, on a copy of what is known
//   then, so that nothing it gathers shows in an answer that goes out before it.
// - It goes out after the part that it stands in, and only where that has a place for it.

/** What `@defer` needs to know. */
export interface DeferSetting {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly names: Names;
  readonly serviceAt: ServiceAt;
  readonly compile: (node: PlanNode | undefined) => Step;
}

/** A deferred part at one of its places. */
export interface Patch extends Answer {
  readonly label: string | undefined;
  readonly path: Path;
}

/** Patches that go out together. */
export interface Batch {
  readonly patches: readonly Patch[];
  readonly hasNext: boolean;
}

export interface DeferredAnswers {
  readonly first: Answer;
  readonly rest: AsyncIterable<Batch>;
}

/** A compiled part, that of the first answer included: what it fetches, what is read then. */
interface Part {
  readonly step: Step;
  readonly label: string | undefined;
  /** The fetches of the part around it that it needs. */
  readonly depends: readonly string[];
  /** From the places of the part around it: names and `... on Type`. */
  readonly way: readonly string[];
  readonly select: (run: Run) => Selection;
  readonly parts: readonly Part[];
}

/** An object that a part belongs to. */
interface Place {
  readonly path: Path;
  readonly type: ObjectType;
  readonly value: JsonObject;
}

/** A part that is being answered, as those in it see it. */
interface Surroundings {
  readonly run: Run;
  readonly fetched: Signals;
  readonly places: (data: JsonObject) => readonly Place[];
  readonly selection: Selection;
  /** What it gave, once it went out. */
  readonly sent: Promise<readonly Patch[]>;
}

/** Compiles a plan that defers. */
export const compileDefer = (
  node: DeferNode,
  root: ObjectType,
  setting: DeferSetting,
): ((run: Run) => Promise<DeferredAnswers>) => {
  const whole = {
    ...compilePart({ node, depends: [], queryPath: [] }, [], setting),
    select: selectAtOnce(setting),
  };
  const count = countParts(whole);
  return async (run) => {
    const channel = createChannel<Batch>();
    let waiting = count;
    const send = (patches: readonly Patch[]): void => {
      waiting -= 1;
      const hasNext = waiting > 0;
      if (patches.length > 0 || !hasNext) channel.push({ patches, hasNext });
      if (!hasNext) channel.end();
    };
    const begin = (part: Part, around: Surroundings): void => {
      runInner(part, around, setting.schema, begin)
        .then(send)
        .catch((error: unknown) => channel.fail(error));
    };
    const places = (data: JsonObject): readonly Place[] => [{ path: [], type: root, value: data }];
    const [first] = await runPart(whole, run, places, Promise.resolve(), begin);
    // The root is always there.
    if (first === undefined) throw new Error('the first answer has no place');
    return { first, rest: channel.items };
  };
};

/** What of the operation is answered first: all that is not deferred. */
const selectAtOnce = ({ schema, document, names, serviceAt }: DeferSetting): Part['select'] => {
  const atOnce: DocumentNode = visit(document, {
    SelectionSet: {
      leave: (set) => {
        const selections = set.selections.filter(({ directives = [] }) =>
          directives.every(({ name }) => name.value !== 'defer'),
        );
        return selections.length === set.selections.length
          ? undefined
          : { ...set, selections: selections.length > 0 ? selections : [nothing(names)] };
      },
    },
  });
  const operation = atOnce.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  // What is planned has an operation.
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  return compileSelection({ schema, document: atOnce, operation, names, serviceAt });
};

/** A selection that gives nothing, where there has to be one. */
const nothing = ({ unanswered }: Names): FieldNode => ({
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: unanswered ?? '__typename' },
  name: { kind: Kind.NAME, value: '__typename' },
});

const countParts = ({ parts }: Part): number =>
  parts.reduce((sum, part) => sum + 1 + countParts(part), 0);

const compilePart = (
  { node, subselection, label, depends, queryPath }: DeferNode['deferred'][number],
  around: readonly string[],
  setting: DeferSetting,
): Part => {
  const { schema, names, serviceAt, compile } = setting;
  const nested = node?.kind === 'Defer' ? node : undefined;
  const text = nested === undefined ? subselection : nested.primary.subselection;
  const document = parse(text ?? '{ __typename }');
  const [operation] = document.definitions;
  // A selection set alone is the short form of a query.
  if (operation?.kind !== 'OperationDefinition') throw new Error(`no selection: ${text}`);
  return {
    step: compile(nested === undefined ? node : nested.primary.node),
    label,
    depends: depends.map(({ id }) => id),
    way: queryPath.slice(around.length),
    select: compileSelection({ schema, document, operation, names, serviceAt }),
    parts: (nested?.deferred ?? []).map((each) => compilePart(each, queryPath, setting)),
  };
};

type Begin = (part: Part, around: Surroundings) => void;

/** Answers a part at each of its places, and begins the parts in it. */
const runPart = async (
  part: Part,
  run: Run,
  places: Surroundings['places'],
  turn: Promise<unknown>,
  begin: Begin,
): Promise<readonly Patch[]> => {
  const fetched = createSignals();
  const selection = part.select(run);
  const answer = async (): Promise<readonly Patch[]> => {
    await part.step({ ...run, fetched: fetched.give });
    fetched.giveAll();
    await turn;
    return places(run.data).map(({ path, type, value }) => {
      const errors = run.errors.filter((error) => startsWith(error.path, path));
      const { label } = part;
      return { label, path, ...selection.answer(type, value, { ...run, errors }, path) };
    });
  };
  const sent = answer();
  for (const inner of part.parts) begin(inner, { run, fetched, places, selection, sent });
  return sent;
};

/** A deferred part: waits for what it needs, and for its turn to go out. */
const runInner = async (
  part: Part,
  around: Surroundings,
  schema: GraphQLSchema,
  begin: Begin,
): Promise<readonly Patch[]> => {
  await around.fetched.all(part.depends);
  const run: Run = { ...around.run, data: structuredClone(around.run.data), errors: [] };
  const places = (data: JsonObject): readonly Place[] =>
    around
      .places(data)
      .flatMap((place) => follow(around.selection.shapeFor(place.type), place, part.way, schema));
  const patches = await runPart(part, run, places, around.sent, begin);
  const outer = await around.sent;
  return patches.filter(({ path }) => outer.some((patch) => holds(patch, path)));
};

const startsWith = (path: Path, start: Path): boolean =>
  start.every((step, index) => path[index] === step);

/** Whether a client that got `patch` has an object at `path`. */
const holds = (patch: Patch, path: Path): boolean => {
  if (!startsWith(path, patch.path)) return false;
  // Without an error nothing was taken away from what was gathered.
  if (patch.errors.length === 0) return true;
  const data: Json = JSON.parse(patch.data);
  const found = path
    .slice(patch.path.length)
    .reduce<Json>(
      (value, step) => (value == null ? null : own(value as JsonObject, `${step}`)),
      data,
    );
  return found != null;
};

/** The objects that the way leads to, through every item of lists on it. */
const follow = (
  shape: ObjectShape,
  place: Place,
  way: readonly string[],
  schema: GraphQLSchema,
): readonly Place[] => {
  const [step, ...rest] = way;
  if (step === undefined) return [place];
  if (step.startsWith('... on ')) {
    return isOf(place.type, step.slice(7), schema) ? follow(shape, place, rest, schema) : [];
  }
  const field = shape.fields.find(({ key }) => key === step);
  if (field === undefined) return [];
  return enter(field.value, own(place.value, step), [...place.path, field.responseName]).flatMap(
    (each) => follow(each.shape, each.place, rest, schema),
  );
};

const isOf = (type: ObjectType, condition: string, schema: GraphQLSchema): boolean => {
  const conditional = schema.getType(condition);
  if (conditional === type) return true;
  return isAbstractType(conditional) && schema.isSubType(conditional, type);
};

interface Entered {
  readonly shape: ObjectShape;
  readonly place: Place;
}

const enter = (of: ValueShape, value: Json, path: Path): readonly Entered[] => {
  if (of.kind === 'nonNull') return enter(of.of, value, path);
  if (of.kind === 'list') {
    if (!Array.isArray(value)) return [];
    return value.flatMap((item, index) => enter(of.item, item, [...path, index]));
  }
  if (!isObject(value)) return [];
  const shape = shapeOf(of, value);
  return shape === undefined ? [] : [{ shape, place: { path, type: shape.type, value } }];
};

const shapeOf = (of: ValueShape, value: JsonObject): ObjectShape | undefined => {
  if (of.kind === 'object') return of.shape();
  if (of.kind !== 'abstract') return undefined;
  return of.shape(String(own(value, '__typename') ?? of.name));
};
