/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize: number | null;
  /** Arguments that say how many there are at most. */
  readonly slicingArguments: readonly string[];
  /** Lists in what the field gives that are of this size; without any, the field's own list is. */
  readonly sizedFields: readonly string[];
  /** Whether exactly one of the slicing arguments has to be given. */
  readonly requireOneSlicingArgument: boolean;
}

/** What a supergraph says of what things cost, by `@cost` and `@listSize`. */
export interface CostFacts {
  /** By coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`. */
  readonly weights: Readonly<Record<string, number>>;
  /** By `Type.field`. */
  readonly listSizes: Readonly<Record<string, ListSize>>;
}

/** Of a supergraph that says nothing: everything costs what it does by default. */
export const NO_COST_FACTS: CostFacts = { weights: {}, listSizes: {} };
