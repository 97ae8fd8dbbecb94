import type { GraphQLSchema } from 'graphql';
import { Counter, type Registry } from 'prom-client';
import type { ParsedOperation } from '../supergraph/operation-cache.ts';
import { usagesOf } from '../supergraph/usages.ts';
import type { Witness } from './observer.ts';

/** Past so many different operations that nobody has read the metrics of, they are looked through at once. */
const MOST_WAITING = 1_000;

/** Introspection asks for every schema alike. */
const META = /(^|\.)__/;

/**
 * Counts what clients ask for of the schema, by coordinate, so that `check --usage` knows whom a change breaks who
 * has registered nothing. Services have, and are not counted.
 *
 * While requests are answered, operations are counted alone: each is looked through once, when metrics are read.
 */
export const countUsage = (registry: Registry): Witness => {
  const waiting = new Map<ParsedOperation, { readonly schema: GraphQLSchema; count: number }>();
  const known = new WeakMap<ParsedOperation, readonly string[]>();
  const counter = new Counter({
    name: 'emporium_schema_usage_total',
    help: 'Requests of clients that ask for a field, give an argument or input field, or may send a value, by its coordinate in the schema; where SCHEMA_USAGE is on.',
    labelNames: ['coordinate'],
    registers: [registry],
    collect: () => countWaiting(),
  });

  const coordinatesOf = (parsed: ParsedOperation, schema: GraphQLSchema): readonly string[] => {
    const before = known.get(parsed);
    if (before !== undefined) return before;
    const used = [...usagesOf(parsed.document, schema).keys()].filter((each) => !META.test(each));
    known.set(parsed, used);
    return used;
  };

  const countWaiting = (): void => {
    for (const [parsed, { schema, count }] of waiting) {
      for (const coordinate of coordinatesOf(parsed, schema)) counter.inc({ coordinate }, count);
    }
    waiting.clear();
  };

  return {
    opened: () => {},
    ended: ({ reached: { asked, caller } }) => {
      if (asked === undefined || caller?.viewer.kind === 'service') return;
      const { parsed } = asked.cached;
      const entry = waiting.get(parsed);
      if (entry !== undefined) {
        entry.count += 1;
        return;
      }
      if (waiting.size >= MOST_WAITING) countWaiting();
      waiting.set(parsed, { schema: asked.schema, count: 1 });
    },
    turnedAway: () => {},
    webSockets: () => {},
  };
};
