import type { Directives } from './directives.ts';
import { evaluate, type Resolve } from './selections.ts';
import type { Arguments, Thing } from './thing.ts';

/**
 * The arguments of a field that come from a context, for a schema in which they are not
 * arguments: each is read off the nearest object around that sets the context.
 */
export const contextArguments = (
  { fromContext, contexts }: Directives,
  thing: Thing,
  field: string,
  resolve: Resolve,
): Arguments => {
  const found: Record<string, unknown> = {};
  for (const { argument, context, selections } of fromContext.get(`${thing.typename}.${field}`) ??
    []) {
    const setter = nearest(thing.parent, (each) =>
      (contexts.get(each.typename) ?? []).includes(context),
    );
    if (setter !== undefined) found[argument] = onlyLeaf(evaluate(selections, setter, resolve));
  }
  return found;
};

const nearest = (thing: Thing | undefined, sets: (thing: Thing) => boolean): Thing | undefined =>
  thing === undefined || sets(thing) ? thing : nearest(thing.parent, sets);

const onlyLeaf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? onlyLeaf(Object.values(value)[0])
    : value;
