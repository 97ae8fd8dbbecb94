import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { holdRepresentations } from './representations.ts';
import { DateTimeScalar, DecimalScalar } from './scalars.ts';

type Module = Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>;

/**
 * The executable schema of a subgraph: the `schema.graphql` beside its `server.ts`, its resolvers,
 * and the scalars that all subgraphs share. Entities are asked for by their keys, or refused.
 *
 * @param serverUrl `import.meta.url` of the subgraph's `server.ts`
 * @param resolvers as generated/resolvers types them
 */
export const readSchema = (serverUrl: string, resolvers: object): GraphQLSchema => {
  const typeDefs = parse(readFileSync(new URL('schema.graphql', serverUrl), 'utf8'));
  const declared = new Set(
    typeDefs.definitions.flatMap((each) => ('name' in each ? each.name?.value : [])),
  );
  const scalars = {
    ...(declared.has('DateTime') && { DateTime: DateTimeScalar }),
    ...(declared.has('Decimal') && { Decimal: DecimalScalar }),
  };
  // Apollo types the context of resolvers as unknown; the generated types know it better.
  const schema = buildSubgraphSchema({
    typeDefs,
    resolvers: { ...resolvers, ...scalars },
  } as Module);
  holdRepresentations(schema);
  return schema;
};
