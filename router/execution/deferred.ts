import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  type OperationDefinitionNode,
} from 'graphql';
import { type Answer, compileSelection, type Selection } from './answer.ts';
import { createChannel } from './channel.ts';
import type { ObjectType } from './collect-fields.ts';
import { type DeferredFragment, deferredFragments } from './deferred-fragments.ts';
import type { ServiceAt } from './explain.ts';
import type { Names } from './names.ts';
import type { DeferNode, PlanNode } from './plan.ts';
import type { Run, Step } from './run.ts';
import type { ObjectShape, ValueShape } from './shape.ts';
import { createSignals, type Signals } from './signals.ts';
import type { StandIns } from './stand-ins.ts';
import { isObject, type Json, type JsonObject, mergeInto, own, type Path } from './tree.ts';

// @defer: a first answer without the deferred parts, then each part when its fetches are done.
//
// - A part begins as soon as the fetches that it depends on have answered, on a copy of what is known
//   then, so that nothing it gathers shows in an answer that goes out before it.
// - What else it needs was fetched with the part that it stands in, and is there when that went out.
// - It goes out after the part that it stands in, and only where that has a place for it.

/** What `@defer` needs to know. */
export interface DeferSetting {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly names: Names;
  readonly serviceAt: ServiceAt;
  readonly standIns: StandIns;
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
  const fragments = deferredFragments(setting.operation);
  const everything = { label: undefined, selectionSet: setting.operation.selectionSet };
  const whole = compilePart({ node, depends: [], queryPath: [] }, everything, [], {
    ...setting,
    fragments,
  });
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
    const [first] = await runPart(whole, run, places, Promise.resolve({}), begin);
    // The root is always there.
    if (first === undefined) throw new Error('the first answer has no place');
    return { first, rest: channel.items };
  };
};

const countParts = ({ parts }: Part): number =>
  parts.reduce((sum, part) => sum + 1 + countParts(part), 0);

interface PartSetting extends DeferSetting {
  /** By the labels in the plan. */
  readonly fragments: ReadonlyMap<string, DeferredFragment>;
}

type Deferred = DeferNode['deferred'][number];

/**
 * The plan's own selections are not read: they leave out what the planner did not have to plan, such
 * as introspection and objects of which everything is deferred.
 */
const compilePart = (
  { node, depends, queryPath }: Deferred,
  { label, selectionSet }: DeferredFragment,
  around: readonly string[],
  setting: PartSetting,
): Part => {
  const nested = node?.kind === 'Defer' ? node : undefined;
  const operation = { ...setting.operation, selectionSet };
  return {
    step: setting.compile(nested === undefined ? node : nested.primary.node),
    label,
    depends: depends.map(({ id }) => id),
    way: queryPath.slice(around.length),
    select: compileSelection({ ...setting, operation, defers: true }),
    parts: (nested?.deferred ?? []).map((each) =>
      compilePart(each, fragmentOf(each, setting), queryPath, setting),
    ),
  };
};

const fragmentOf = ({ label = '' }: Deferred, { fragments }: PartSetting): DeferredFragment => {
  const fragment = fragments.get(label);
  if (fragment === undefined) throw new Error(`the plan defers "${label}", which nobody asked`);
  return fragment;
};

type Begin = (part: Part, around: Surroundings) => void;

/**
 * Answers a part at each of its places, and begins the parts in it.
 *
 * @param turn when it may go out; gives what was gathered for the part that it stands in
 */
const runPart = async (
  part: Part,
  run: Run,
  places: Surroundings['places'],
  turn: Promise<JsonObject>,
  begin: Begin,
): Promise<readonly Patch[]> => {
  const fetched = createSignals();
  const selection = part.select(run);
  const answer = async (): Promise<readonly Patch[]> => {
    await part.step({ ...run, fetched: fetched.give });
    fetched.giveAll();
    mergeInto(run.data, structuredClone(await turn));
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
  const turn = around.sent.then(() => around.run.data);
  const patches = await runPart(part, run, places, turn, begin);
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
