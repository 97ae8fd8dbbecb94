/** What of a supergraph a contract shows, by its tags. */
export interface ContractTerms {
  /** Only what carries one of these; all where it is empty. */
  readonly include: readonly string[];
  /** Never what carries one of these, also where it is included. */
  readonly exclude: readonly string[];
}
