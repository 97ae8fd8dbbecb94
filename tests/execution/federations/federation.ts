/** What is valid, but is planned wrongly by Apollo over some federations: see wrong-plans/. */
export type Avoided =
  /** `@skip` and `@include` with variables. */
  | 'conditions'
  /** One response name for different things in objects of different types. */
  | 'reused-names'
  /** `@skip` and `@include` on fragments. */
  | 'directives-on-fragments'
  /** Aliases that are names of fields: of names that JavaScript's objects have, all but one. */
  | 'aliases-that-are-fields';

/** The subgraphs of a small supergraph, as plain data. */
export interface FederationSource {
  readonly name: string;
  /** SDL by subgraph, without the link to the federation specification. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** The labels that fields are overridden by, if any are. */
  readonly labels?: readonly string[];
  /** What random operations over this federation do not use. */
  readonly avoids?: readonly Avoided[];
}
