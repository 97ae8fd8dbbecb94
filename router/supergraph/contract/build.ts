import {
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { type DefinitionNode, GraphQLError, parse, print } from 'graphql';
import { hideByTags } from './hide-by-tags.ts';
import { hideUnreachable } from './hide-unreachable.ts';
import { markedBy, rootsOf } from './marks.ts';
import type { ContractTerms } from './terms.ts';

const INACCESSIBLE = 'https://specs.apollo.dev/inaccessible';
const TAG = 'https://specs.apollo.dev/tag';

/** The code of the error where nothing is left of Query. */
export const CONTRACT_EMPTY = 'CONTRACT_EMPTY';

export interface Contract {
  /** What its clients see. */
  readonly apiSdl: string;
  /** The supergraph in which what they do not see is `@inaccessible`, to be served by any router. */
  readonly supergraphSdl: string;
}

/**
 * The part of a supergraph that its terms show, as GraphOS makes contracts: what is not shown counts as
 * `@inaccessible` (https://www.apollographql.com/docs/graphos/delivery/contract-reference). Where tags are included,
 * what cannot be reached any more is hidden, too, so that its name tells nothing.
 *
 * @returns null where it shows all that there is
 * @throws GraphQLError where what is left would refer to what is not, or nothing is left
 */
export const buildContract = (
  sdl: string,
  supergraph: Supergraph,
  terms: ContractTerms,
): Contract | null => {
  const inaccessible = directiveName(supergraph, INACCESSIBLE);
  const marks = markedBy(inaccessible ?? 'inaccessible');
  const whole = parse(sdl, { noLocation: true });
  const tagged = hideByTags(whole, terms, directiveName(supergraph, TAG), marks);
  if (tagged === whole) return null;
  refuseEmpty(rootsOf(tagged, marks).query);
  const hidden = terms.include.length > 0 ? hideUnreachable(tagged, marks) : tagged;
  const definitions = [...hidden.definitions, ...(inaccessible === undefined ? FEATURE : [])];
  const supergraphSdl = print({ ...hidden, definitions });
  const contract = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  return { apiSdl: printSchema(contract.apiSchema()), supergraphSdl };
};

const refuseEmpty = (query: string | null): void => {
  if (query !== null) return;
  throw new GraphQLError('No field of Query is left.', { extensions: { code: CONTRACT_EMPTY } });
};

/** The tags that something in a supergraph carries. */
export const tagsIn = (supergraph: Supergraph): ReadonlySet<string> => {
  const tag = directiveName(supergraph, TAG);
  const applied = tag === undefined ? undefined : supergraph.schema.directive(tag)?.applications();
  return new Set([...(applied ?? [])].map((each) => String(each.arguments()['name'])));
};

/** What a supergraph has that uses `@inaccessible`. */
const FEATURE: readonly DefinitionNode[] = parse(
  `extend schema @link(url: "${INACCESSIBLE}/v0.2", for: SECURITY)
   directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
  { noLocation: true },
).definitions;

/** What the supergraph calls the one directive of a feature; undefined where it has no such feature. */
const directiveName = ({ schema }: Supergraph, identity: string): string | undefined =>
  schema.coreFeatures
    ?.getByIdentity(identity)
    ?.directiveNameInSchema(identity.slice(identity.lastIndexOf('/') + 1));
