import type { Supergraph } from '@apollo/federation-internals';
import { coordinateOf, type Marked, markedBy } from './marks.ts';

/** What `@cacheControl` says of a field or of a type. */
export interface CacheHint {
  /** How long a value may be kept, in seconds; null where it is not said here. */
  readonly maxAgeS: number | null;
  readonly scope: 'PUBLIC' | 'PRIVATE';
  /** For how long after that it may stand in where the subgraph fails, in seconds. */
  readonly staleIfErrorS: number;
}

/** `@cacheTag(format:)` as one subgraph has it. */
export interface CacheTag {
  readonly subgraph: string;
  /** `Query.product` or `Product`. */
  readonly on: string;
  /** Such as `product-{$key.id}` or `product-{$args.id}`. */
  readonly format: string;
}

export interface CacheHints {
  /** By coordinate: `Product.related`, `Product`. */
  readonly hints: Readonly<Record<string, CacheHint>>;
  readonly tags: readonly CacheTag[];
}

/** What subgraphs say of what may be kept. */
export const cacheHintsOf = (supergraph: Supergraph): CacheHints => ({
  hints: Object.fromEntries(markedBy(supergraph, 'cacheControl').map(hintOf)),
  tags: tagsOf(supergraph),
});

const hintOf = ({ on, mark }: Marked): readonly [string, CacheHint] => {
  const { maxAge, scope, staleIfError } = mark.arguments();
  return [
    on,
    {
      maxAgeS: typeof maxAge === 'number' ? maxAge : null,
      scope: scope === 'PRIVATE' ? 'PRIVATE' : 'PUBLIC',
      staleIfErrorS: typeof staleIfError === 'number' ? staleIfError : 0,
    },
  ];
};

/** Federation's own directive, which the composer keeps with the subgraphs that have it. */
const tagsOf = (supergraph: Supergraph): readonly CacheTag[] => {
  const graphs = supergraph.subgraphNameToGraphEnumValue();
  const names = new Map([...graphs].map(([name, graph]) => [graph, name]));
  const applied = supergraph.schema.directive('join__directive')?.applications() ?? [];
  return [...applied].flatMap((each) => {
    const { graphs: those, name, args } = each.arguments();
    const on = coordinateOf(each);
    if (!/(^|__)cacheTag$/.test(String(name)) || on === null) return [];
    return [...those].map((graph) => ({
      subgraph: names.get(String(graph)) ?? String(graph),
      on,
      format: String(Object(args).format),
    }));
  });
};
