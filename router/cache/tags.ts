import type { CacheTag } from '../supergraph/cache-hints.ts';

/** Gives the tags of a value, from its key (an entity) or from its arguments (a root field). */
export type TagsOf = (values: Readonly<Record<string, unknown>>) => readonly string[];

/**
 * The tags of what one subgraph says of a type, or of a root field.
 *
 * @param on `Product` or `Query.product`
 */
export const compileTags = (tags: readonly CacheTag[], subgraph: string, on: string): TagsOf => {
  const formats = tags.flatMap((tag) =>
    tag.subgraph === subgraph && tag.on === on ? [tag.format] : [],
  );
  return (values) =>
    formats.map((format) => format.replaceAll(PLACEHOLDER, (_all, path) => at(values, path)));
};

/** `{$key.id}` and `{$args.filter.id}` (https://specs.apollo.dev/cacheTag). */
const PLACEHOLDER = /\{\$(?:key|args)\.([\w.]+)\}/g;

const at = (values: Readonly<Record<string, unknown>>, path: string): string => {
  const value = path.split('.').reduce<unknown>((object, name) => Object(object)[name], values);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
