import type { CallSubgraph } from './call.ts';
import { hasContext } from './context.ts';
import {
  compileEntityFetch,
  compileGather,
  compileRootFetch,
  type FetchSetting,
  type Gather,
} from './fetch.ts';
import { type FetchCache, NO_CACHE } from './fetch-cache.ts';
import type { Gathered } from './gather.ts';
import type { Names } from './names.ts';
import { type PlanPath, readPath } from './places.ts';
import { type FetchNode, fetchesOf, type PlanNode } from './plan.ts';
import type { Step } from './run.ts';
import { type Splicing, spliceNothing } from './splicing.ts';
import type { StandIns } from './stand-ins.ts';
import type { SupergraphTypes } from './types.ts';

/** What compiling a plan needs to know. */
export interface PlanSetting {
  readonly types: SupergraphTypes;
  readonly names: Names;
  readonly subgraph: (name: string) => CallSubgraph;
  /** Root fields marked `@idempotent`, such as `Mutation.checkout`. */
  readonly idempotentFields: readonly string[];
  readonly standIns: StandIns;
  /** What is kept of what subgraphs say; nothing where it is not given. */
  readonly cache?: FetchCache;
  /** What is spliced of the plan's answers; nothing where it is not given. */
  readonly splicing?: Splicing;
}

/** Compiles a plan into what runs it; a plan without a node asks nobody. */
export const compileSteps = (node: PlanNode | undefined, setting: PlanSetting): Step => {
  if (node === undefined) return () => undefined;
  // What `@fromContext` reads differs from place to place, and with it what is fetched there later.
  const mayShare = !fetchesOf(node).some(({ fetch }) => hasContext(fetch));
  return compileNode(node, [], { ...setting, mayShare }, shareNothing);
};

interface NodeSetting extends PlanSetting {
  readonly mayShare: boolean;
}

/** Gives a fetch of entities its way to find them. */
type Share = (node: FetchNode, path: PlanPath, setting: FetchSetting) => Gather;

const shareNothing: Share = compileGather;

const compileNode = (node: PlanNode, path: PlanPath, setting: NodeSetting, share: Share): Step => {
  switch (node.kind) {
    case 'Fetch':
      return signalling(node.id, compileFetch(node, path, setting, share));
    case 'Flatten':
      return compileNode(node.node, [...path, ...readPath(node.path)], setting, share);
    case 'Sequence':
      return inSequence(node.nodes.map((each) => compileNode(each, path, setting, shareNothing)));
    case 'Parallel':
      return compileParallel(node.nodes, path, setting);
    case 'Condition': {
      const [yes, no] = [node.ifClause, node.elseClause].map((clause) =>
        clause === undefined ? undefined : compileNode(clause, path, setting, shareNothing),
      );
      return (run) => (run.flags[node.condition] === true ? yes?.(run) : no?.(run));
    }
    case 'Defer':
      throw new Error('the planner defers at the root of a plan only');
  }
};

const compileFetch = (
  node: FetchNode,
  path: PlanPath,
  setting: NodeSetting,
  share: Share,
): Step => {
  const { types, names, mayShare, idempotentFields } = setting;
  const { splicing = spliceNothing, cache = NO_CACHE } = setting;
  const call = setting.subgraph(node.serviceName);
  const fetch = { types, names, mayShare, call, cache, idempotentFields, read: splicing(node) };
  if (node.requires === undefined) return compileRootFetch(node, path, fetch);
  return compileEntityFetch(node, path, share(node, path, fetch), fetch);
};

/** Only fetches that deferred parts wait for have an id. */
const signalling = (id: string | undefined, step: Step): Step => {
  if (id === undefined) return step;
  return (run) => {
    const waiting = step(run);
    if (waiting === undefined) run.fetched(id);
    return waiting?.then(() => run.fetched(id));
  };
};

/** One after the other, without a wait where there is nothing to wait for. */
const inSequence =
  (steps: readonly Step[]): Step =>
  async (run) => {
    for (const step of steps) {
      const waiting = step(run);
      if (waiting !== undefined) await waiting;
    }
  };

/**
 * All at once. They begin before any of them can have an answer, so those that require the same of
 * the same place see the same entities: these are gathered once.
 */
const compileParallel = (
  nodes: readonly PlanNode[],
  path: PlanPath,
  setting: NodeSetting,
): Step => {
  const gathers = new Map<string, SharedGather>();
  const share: Share = (node, at, fetch) => {
    const key = JSON.stringify([at, node.requires, node.inputRewrites]);
    const known = gathers.get(key) ?? shared(compileGather(node, at, fetch));
    gathers.set(key, known);
    return known.gather;
  };
  const steps = nodes.map((each) => compileNode(each, path, setting, share));
  return (run) => {
    const waiting: Promise<void>[] = [];
    for (const step of steps) {
      const one = step(run);
      if (one !== undefined) waiting.push(one);
    }
    for (const { forget } of gathers.values()) forget();
    return waiting.length === 0 ? undefined : Promise.all(waiting).then(() => undefined);
  };
};

interface SharedGather {
  readonly gather: Gather;
  readonly forget: () => void;
}

/** Gathers once until it is told to forget. */
const shared = (gather: Gather): SharedGather => {
  let gathered: Gathered | undefined;
  return {
    gather: (run) => {
      gathered ??= gather(run);
      return gathered;
    },
    forget: () => {
      gathered = undefined;
    },
  };
};
