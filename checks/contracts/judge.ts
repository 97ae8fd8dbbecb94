import {
  errorCauses,
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { buildSchema, GraphQLError, isInterfaceType, isObjectType } from 'graphql';
import { type Place, placeAt } from '../../composition/place.ts';
import { buildContract, CONTRACT_EMPTY, tagsIn } from '../../router/supergraph/contract/build.ts';
import type { ContractTerms } from '../../router/supergraph/contract/terms.ts';
import type { Finding, Judged } from '../finding.ts';
import { inspect, nameNode, type SubgraphSchema } from '../schemas/inspect.ts';

/** What contracts are judged by. */
export interface ContractsRequest {
  /** The SDL of the supergraph that there was; null where there was none. */
  readonly before: string | null;
  readonly after: string;
  /** What `after` is composed of, for places. */
  readonly subgraphs: readonly SubgraphSchema[];
  /** By name. */
  readonly contracts: Readonly<Record<string, ContractTerms>>;
  /** Finds what a change of an API schema breaks. */
  readonly compare: (beforeSdl: string, afterSdl: string) => Promise<readonly Finding[]>;
}

export type ContractCode = 'CONTRACT_INVALID' | typeof CONTRACT_EMPTY | 'CONTRACT_TAG_UNKNOWN';

/**
 * Makes each contract of the supergraph before and after, and judges whether it can be made, whether its tags are there,
 * and what the change breaks for those who see no more than it. What `compare` finds keeps its code and says in which
 * contract it is.
 */
export const judgeContracts = async ({
  before,
  after,
  subgraphs,
  contracts,
  compare,
}: ContractsRequest): Promise<Judged> => {
  if (Object.keys(contracts).length === 0) return { findings: [], markdown: '', text: '' };
  const old = before === null ? null : viewsOf(build(before));
  const supergraph = build(after);
  const current = viewsOf(supergraph);
  const known = tagsIn(supergraph.built);
  const results: Result[] = [];
  for (const [name, terms] of Object.entries(contracts)) {
    const now = current(terms);
    const then = old?.(terms) ?? null;
    const changes =
      now.kind === 'built' && then?.kind === 'built' ? await compare(then.sdl, now.sdl) : [];
    const findings = [
      ...unknownTags(name, terms, known),
      ...(now.kind === 'broken' ? [brokenContract(name, now, subgraphs)] : []),
      ...changes.map((finding) => inContract(name, finding)),
    ];
    results.push({ name, size: now.kind === 'built' ? sizeOf(now.sdl) : null, findings });
  }
  return { findings: results.flatMap(({ findings }) => findings), ...summary(results) };
};

interface Result {
  readonly name: string;
  /** Null where it cannot be made. */
  readonly size: Size | null;
  readonly findings: readonly Finding[];
}

type View = { readonly kind: 'built'; readonly sdl: string } | Broken;

interface Broken {
  readonly kind: 'broken';
  readonly code: 'CONTRACT_INVALID' | typeof CONTRACT_EMPTY;
  readonly errors: readonly GraphQLError[];
}

interface BuiltSupergraph {
  readonly sdl: string;
  readonly built: Supergraph;
}

/** Once for all its contracts. */
const build = (sdl: string): BuiltSupergraph => ({
  sdl,
  built: Supergraph.build(sdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES }),
});

const viewsOf =
  ({ sdl, built }: BuiltSupergraph) =>
  (terms: ContractTerms): View => {
    try {
      const contract = buildContract(sdl, built, terms);
      return { kind: 'built', sdl: contract?.apiSdl ?? printSchema(built.apiSchema()) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const isEmpty = error.extensions['code'] === CONTRACT_EMPTY;
      return {
        kind: 'broken',
        code: isEmpty ? CONTRACT_EMPTY : 'CONTRACT_INVALID',
        errors: errorCauses(error) ?? [error],
      };
    }
  };

const brokenContract = (
  name: string,
  { code, errors }: Broken,
  subgraphs: readonly SubgraphSchema[],
): Finding => ({
  ...BARE,
  severity: 'failure',
  code,
  message: `The contract ${name} cannot be made: ${errors.map(({ message }) => message).join(' ')}`,
  places: placesOf(errors, subgraphs),
  cure:
    code === CONTRACT_EMPTY
      ? 'Tag what it is to show with one of its `include`, a field of Query at least.'
      : 'Give what refers to it the tags of what it refers to: a field those of its type.',
});

/** Those of what refers to something hidden, and then those of what is hidden; federation names both. */
const placesOf = (
  errors: readonly GraphQLError[],
  subgraphs: readonly SubgraphSchema[],
): readonly Place[] => {
  const named = errors.flatMap(({ extensions }) =>
    ['inaccessible_referencers', 'inaccessible_elements'].flatMap((key) => extensions[key] ?? []),
  );
  const elements = subgraphs.flatMap((subgraph) => inspect(subgraph).elements);
  return [...new Set(named)].flatMap((coordinate) =>
    elements
      .filter((element) => element.coordinate === coordinate)
      .flatMap((element) => {
        const { loc } = nameNode(element);
        return loc === undefined ? [] : [placeAt(loc, element.subgraph.name)];
      }),
  );
};

const unknownTags = (
  name: string,
  { include, exclude }: ContractTerms,
  known: ReadonlySet<string>,
): readonly Finding[] =>
  [...include, ...exclude]
    .filter((tag) => !known.has(tag))
    .map((tag) => ({
      ...BARE,
      severity: 'warning',
      code: 'CONTRACT_TAG_UNKNOWN' satisfies ContractCode,
      message: `The contract ${name} asks for the tag ${tag}, which nothing carries.`,
      cure: 'Correct its name in checks.yaml, or take it out.',
    }));

const BARE = { part: 'contracts', places: [], operations: [] } as const;

const inContract = (name: string, finding: Finding): Finding => ({
  ...finding,
  part: 'contracts',
  message: `In the contract ${name}: ${finding.message}`,
});

interface Size {
  readonly types: number;
  readonly fields: number;
}

const sizeOf = (sdl: string): Size => {
  const types = Object.values(buildSchema(sdl, { assumeValid: true }).getTypeMap()).filter(
    ({ name }) => !name.startsWith('__'),
  );
  const fields = types.map((type) =>
    isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()).length : 0,
  );
  return { types: types.length, fields: fields.reduce((sum, count) => sum + count, 0) };
};

/** How much each contract shows. */
const summary = (results: readonly Result[]): Pick<Judged, 'markdown' | 'text'> => ({
  markdown: [
    '| contract | types | fields |',
    '| --- | ---: | ---: |',
    ...results.map(
      ({ name, size }) => `| ${name} | ${size?.types ?? '–'} | ${size?.fields ?? '–'} |`,
    ),
  ].join('\n'),
  text: results
    .map(({ name, size }) =>
      size === null
        ? `${name} cannot be made`
        : `${name} shows ${size.types} types with ${size.fields} fields`,
    )
    .join('\n'),
});
