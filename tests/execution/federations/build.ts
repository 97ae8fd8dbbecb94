import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { type Directives, readDirectives } from '../world/directives.ts';
import type { Avoided, FederationSource } from './federation.ts';

/** A composed supergraph, and what it is composed of. */
export interface Federation {
  readonly name: string;
  readonly labels: readonly string[];
  readonly avoids: readonly Avoided[];
  readonly supergraphSdl: string;
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
  /** By subgraph: its SDL, with the link to the federation specification. */
  readonly documents: Readonly<Record<string, DocumentNode>>;
  /** By name; without resolvers. */
  readonly subgraphs: ReadonlyMap<string, GraphQLSchema>;
  readonly directives: Directives;
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible",
  "@interfaceObject", "@context", "@fromContext"
])`;

/** Composes a federation, and throws where it does not compose. */
export const buildFederation = (source: FederationSource): Federation => {
  const services = Object.entries(source.subgraphs).map(([name, sdl]) => ({
    name,
    url: `http://${name}.test/graphql`,
    typeDefs: parse(`${LINK}\n${sdl}`),
  }));
  const { supergraphSdl, errors = [] } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(`${source.name}: ${errors.join('\n')}`);
  const supergraph = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  return {
    name: source.name,
    labels: source.labels ?? [],
    avoids: source.avoids ?? [],
    supergraphSdl,
    apiSchema: supergraph.apiSchema().toGraphQLJSSchema(),
    documents: Object.fromEntries(services.map(({ name, typeDefs }) => [name, typeDefs])),
    subgraphs: new Map(
      services.map(({ name, typeDefs }) => [name, buildSubgraphSchema({ typeDefs })]),
    ),
    directives: readDirectives(services.map(({ typeDefs }) => typeDefs)),
  };
};
