import {
  isInterfaceType,
  isObjectType,
  isUnionType,
  operationFromDocument,
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { cacheHintsOf } from './cache-hints.ts';
import { buildContract } from './contract/build.ts';
import { costsOf } from './costs.ts';
import { guardsOf } from './guards.ts';
import { marksOf } from './marks.ts';
import type { DescriptionRequest, PlanRequest, SupergraphFacts } from './planner.ts';
import { requirementsOf } from './requirements.ts';

// Runs in a thread of its own: building a supergraph takes hundreds of milliseconds and planning an
// operation several, all synchronous, and Apollo's objects cannot cross threads. SDL and plans can.

interface Built {
  readonly supergraph: Supergraph;
  readonly planner: QueryPlanner;
}

/** The one that is served, the one that follows it, and one that is still drained. */
const supergraphs = new LRUCache<string, Built>({ max: 3 });

const built = (sdl: string): Built => {
  const known = supergraphs.get(sdl);
  if (known !== undefined) return known;
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const planner = new QueryPlanner(supergraph, {
    incrementalDelivery: { enableDefer: true },
    // Without it, entities of one type are fetched for fields that were asked of another.
    typeConditionedFetching: true,
  });
  const made = { supergraph, planner };
  supergraphs.set(sdl, made);
  return made;
};

const DEFER =
  'directive @defer(label: String, if: Boolean! = true) on FRAGMENT_SPREAD | INLINE_FRAGMENT';

/** @throws GraphQLError where the SDL is no supergraph */
export const describe = ({ sdl, contract }: DescriptionRequest): SupergraphFacts => {
  const { supergraph } = built(sdl);
  const seen = buildContract(sdl, supergraph, contract);
  return {
    apiSdl: `${printSchema(supergraph.apiSchema())}\n${DEFER}`,
    contractSdl: seen && `${seen.apiSdl}\n${DEFER}`,
    subgraphs: [...supergraph.subgraphsMetadata()].map(({ name, url }) => ({ name, url })),
    subtypes: subtypesOf(supergraph),
    overrideLabels: overrideLabelsOf(supergraph),
    fieldNames: fieldNamesOf(supergraph),
    ...requirementsOf(supergraph),
    guards: guardsOf(supergraph),
    ...marksOf(supergraph),
    cacheHints: cacheHintsOf(supergraph),
    costs: costsOf(supergraph),
    unknownFeatures: [...(supergraph.schema.coreFeatures?.allFeatures() ?? [])]
      .filter(({ url }) => url.name === 'connect')
      .map(({ url }) => String(url)),
  };
};

/** By interface and union: every type of it, those that clients do not see included. */
const subtypesOf = ({ schema }: Supergraph): Record<string, string[]> => {
  const subtypes: Record<string, string[]> = {};
  for (const type of schema.types()) {
    if (isUnionType(type)) subtypes[type.name] = type.types().map(({ name }) => name);
    if (isInterfaceType(type)) {
      subtypes[type.name] = type.allImplementations().map(({ name }) => name);
    }
  }
  return subtypes;
};

const fieldNamesOf = ({ schema }: Supergraph): string[] => {
  const names = new Set<string>();
  for (const type of schema.types()) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name } of type.fields()) names.add(name);
  }
  return [...names];
};

const overrideLabelsOf = ({ schema }: Supergraph): string[] => {
  const labels = new Set<string>();
  for (const applied of schema.directive('join__field')?.applications() ?? []) {
    const { overrideLabel } = applied.arguments();
    if (typeof overrideLabel === 'string') labels.add(overrideLabel);
  }
  return [...labels];
};

/** @returns the JSON of a plan */
export const plan = ({ sdl, document, labels }: PlanRequest): string => {
  const { supergraph, planner } = built(sdl);
  const operation = operationFromDocument(supergraph.apiSchema(), parse(document), {
    validate: false,
  });
  return JSON.stringify(
    planner.buildQueryPlan(operation, {
      overrideConditions: new Map(labels.map((label) => [label, true])),
    }),
  );
};
