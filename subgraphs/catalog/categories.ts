/** A node of the category tree. */
export interface Category {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly parentId: string | null;
  /** The order among siblings. */
  readonly position: number;
}

/** The whole tree; it is small enough to be held. */
export interface CategoryTree {
  readonly roots: readonly Category[];
  readonly byId: (id: string) => Category | null;
  readonly bySlug: (slug: string) => Category | null;
  readonly children: (id: string) => readonly Category[];
  /** From the top to this one, itself included. */
  readonly path: (category: Category) => readonly Category[];
  /** The ids of these and of all that lies below them; slugs that nobody has add none. */
  readonly subtreeIds: (slugs: readonly string[]) => readonly string[];
}

const byPosition = (one: Category, other: Category): number =>
  one.position - other.position || one.name.localeCompare(other.name, 'en');

/**
 * Categories as a tree. The walk starts at the roots, so that a circle of parents, which the table
 * cannot rule out, is never entered.
 */
export const treeOf = (categories: readonly Category[]): CategoryTree => {
  const sorted = categories.toSorted(byPosition);
  const byId = new Map(sorted.map((each) => [each.id, each]));
  const bySlug = new Map(sorted.map((each) => [each.slug, each]));
  const families = new Map<string | null, Category[]>();
  for (const each of sorted) {
    const siblings = families.get(each.parentId);
    if (siblings === undefined) families.set(each.parentId, [each]);
    else siblings.push(each);
  }
  const children = (id: string | null) => families.get(id) ?? [];

  const paths = new Map<string, readonly Category[]>();
  const walk = (category: Category, above: readonly Category[]): void => {
    const path = [...above, category];
    paths.set(category.id, path);
    for (const child of children(category.id)) walk(child, path);
  };
  const roots = children(null);
  for (const root of roots) walk(root, []);

  return {
    roots,
    byId: (id) => byId.get(id) ?? null,
    bySlug: (slug) => bySlug.get(slug) ?? null,
    children,
    path: (category) => paths.get(category.id) ?? [category],
    subtreeIds: (slugs) => {
      const tops = new Set(slugs.flatMap((slug) => bySlug.get(slug)?.id ?? []));
      return [...paths].flatMap(([id, path]) => (path.some(({ id }) => tops.has(id)) ? [id] : []));
    },
  };
};

/** How old the tree may be, in milliseconds. */
const LIFETIME_MS = 5_000;

/** The tree as it was a few seconds ago at most. */
export interface CategoryCache {
  readonly tree: () => Promise<CategoryTree>;
  /** A tree that has this category, read anew where the one at hand is too old to know it. */
  readonly treeWith: (id: string) => Promise<CategoryTree>;
}

/** Reads the tree when it is asked for and forgets it after some seconds; a failure is not kept. */
export const createCategoryCache = (
  load: () => Promise<readonly Category[]>,
  now: () => number = Date.now,
): CategoryCache => {
  let kept: { readonly tree: Promise<CategoryTree>; readonly until: number } | null = null;

  const read = (): Promise<CategoryTree> => {
    const tree = load().then(treeOf);
    const entry = { tree, until: now() + LIFETIME_MS };
    kept = entry;
    tree.catch(() => {
      if (kept === entry) kept = null;
    });
    return tree;
  };
  const tree = () => (kept !== null && now() < kept.until ? kept.tree : read());

  /** The next read, shared by all who miss a category in the same tree. */
  const renewed = new WeakMap<CategoryTree, Promise<CategoryTree>>();
  return {
    tree,
    treeWith: async (id) => {
      const current = await tree();
      if (current.byId(id) !== null) return current;
      const next = renewed.get(current) ?? read();
      renewed.set(current, next);
      return next;
    },
  };
};
