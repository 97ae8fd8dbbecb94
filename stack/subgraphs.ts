/** The subgraphs of the market. Each has one database and one role. */
export const SUBGRAPHS = ['users', 'catalog', 'cart', 'media', 'recommendations'] as const;

export type SubgraphName = (typeof SUBGRAPHS)[number];

export const isSubgraphName = (name: string): name is SubgraphName =>
  SUBGRAPHS.some((known) => known === name);

/**
 * PostgreSQL extensions of each database. All are "trusted", so that on a real server the owner of
 * the database may create them.
 */
export const EXTENSIONS: Readonly<Record<SubgraphName, readonly string[]>> = {
  users: ['citext'],
  catalog: ['pg_trgm', 'unaccent', 'btree_gin'],
  cart: [],
  media: [],
  recommendations: [],
};

/** Paths beside GraphQL that clients reach through the router, and whose they are. */
export const OWN_PATHS: Readonly<Record<string, SubgraphName>> = {
  '/media': 'media',
  '/.well-known': 'users',
  '/webhooks': 'cart',
};

/** One value for each subgraph, by name. */
export type BySubgraph<T> = Readonly<Record<SubgraphName, T>>;

export const bySubgraph = <T>(value: (name: SubgraphName) => T): BySubgraph<T> => ({
  users: value('users'),
  catalog: value('catalog'),
  cart: value('cart'),
  media: value('media'),
  recommendations: value('recommendations'),
});

/**
 * The same, where the value takes time; all at once.
 *
 * @throws what failed first, when all have come to an end
 */
export const eachSubgraph = async <T>(
  value: (name: SubgraphName) => Promise<T>,
): Promise<BySubgraph<T>> => {
  const failures: unknown[] = [];
  const started = bySubgraph((name) =>
    value(name).catch((error: unknown) => {
      failures.push(error);
      throw error;
    }),
  );
  await Promise.allSettled(Object.values(started));
  if (failures.length > 0) throw failures[0];
  return {
    users: await started.users,
    catalog: await started.catalog,
    cart: await started.cart,
    media: await started.media,
    recommendations: await started.recommendations,
  };
};
