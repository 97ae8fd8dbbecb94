import type { SmallSubgraph } from '../../kit/federation.ts';

/** A subgraph whose root fields are numbers. */
export const numbers = (fields: Readonly<Record<string, number>>): SmallSubgraph => ({
  sdl: `type Query { ${Object.keys(fields)
    .map((name) => `${name}: Int`)
    .join(' ')} }`,
  resolvers: {
    Query: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, () => value])),
  },
});

/** What the router logs when it serves another supergraph, and when it does not. */
export const SERVED = 'serving another supergraph';
export const REFUSED = 'not served; the one before stays';
