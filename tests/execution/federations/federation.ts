/** The subgraphs of a small supergraph, as plain data. */
export interface FederationSource {
  readonly name: string;
  /** SDL by subgraph, without the link to the federation specification. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** The labels that fields are overridden by, if any are. */
  readonly labels?: readonly string[];
}
