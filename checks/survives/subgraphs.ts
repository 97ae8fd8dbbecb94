import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { parse } from 'graphql';
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
  const subgraphs = [...supergraph.subgraphs()];
  const hidden = hiddenIn(parse(sdl));
  return new Map(
    subgraphs.map((each) => [each.name, createMock({ typeDefs: parse(each.toString()), hidden })]),
  );
};
