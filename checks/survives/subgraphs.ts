import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { type DocumentNode, Kind, parse, visit } from 'graphql';
import { hiddenIn } from '../../mocks/hidden.ts';
import { createMock, type Mock } from '../../mocks/mock.ts';

/**
 * A mock of every subgraph that a supergraph was composed of, by name.
 *
 * @throws GraphQLError where the SDL is no supergraph
 */
export const mocksOf = (sdl: string): ReadonlyMap<string, Mock> => {
  const supergraph = Supergraph.build(sdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  });
  const hidden = hiddenIn(parse(sdl));
  return new Map(
    [...supergraph.subgraphs()].map((each) => {
      const typeDefs = withUsualRoots(parse(each.toString()));
      return [each.name, createMock({ typeDefs, hidden })];
    }),
  );
};

/** A subgraph of entities alone is printed with a root that it does not have; in all, roots have their usual names. */
const withUsualRoots = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SchemaDefinition: ({ directives = [] }) => ({ kind: Kind.SCHEMA_EXTENSION, directives }),
  });
