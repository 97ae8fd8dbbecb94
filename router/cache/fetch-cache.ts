import type { GraphQLSchema } from 'graphql';
import type { FetchCache } from '../execution/fetch-cache.ts';
import type { CacheHints } from '../supergraph/cache-hints.ts';
import { keepEntities } from './keep-entities.ts';
import { keepRoots } from './keep-roots.ts';
import { policyOf } from './policy.ts';
import type { CacheStore } from './store.ts';
import { compileTags, type TagsOf } from './tags.ts';

/** Keeps what the subgraphs of one supergraph say, by what their schemas say of it. */
export const createFetchCache = (
  store: CacheStore,
  schema: GraphQLSchema,
  hints: CacheHints,
): FetchCache => {
  const tagsIn =
    (subgraph: string) =>
    (on: string): TagsOf =>
      compileTags(hints.tags, subgraph, on);
  return {
    entities: (operation, ask) => {
      const policy = policyOf(operation.query, schema, hints);
      if (policy === null) return ask;
      return keepEntities(operation, ask, policy, store, tagsIn(operation.subgraph));
    },
    root: (operation, call) => {
      if (operation.kind !== 'query') return call;
      const policy = policyOf(operation.query, schema, hints);
      if (policy === null) return call;
      return keepRoots(operation, call, policy, store, tagsIn(operation.subgraph));
    },
  };
};
