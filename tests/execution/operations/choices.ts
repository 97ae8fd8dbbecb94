import fc from 'fast-check';

/**
 * What makes an operation, without a schema: numbers that are read as choices from what is
 * possible at each place. All combinations give valid operations, so they shrink freely; zeros
 * and empty lists give the smallest.
 */
export interface OperationChoices {
  readonly mutation: boolean;
  /** Whether the document holds another operation beside. */
  readonly named: boolean;
  readonly selections: readonly SelectionChoices[];
}

export interface SelectionChoices {
  readonly field: number;
  /** The higher ones put a fragment here, of which the children are the content. */
  readonly fragment: number;
  readonly alias: number;
  readonly directive: number;
  /** The values of arguments follow from it; with 0 there are as few as may be. */
  readonly values: number;
  readonly children: readonly SelectionChoices[];
}

const DEPTH = 5;

const selection: (depth: number) => fc.Arbitrary<SelectionChoices> = fc.memo((depth) =>
  fc.record({
    field: fc.nat(59),
    fragment: fc.nat(9),
    alias: fc.nat(19),
    directive: fc.nat(29),
    values: fc.nat(9999),
    children:
      depth <= 1 ? fc.constant([]) : fc.array(selection(depth - 1), { maxLength: 3, size: 'max' }),
  }),
);

export const operationChoices: fc.Arbitrary<OperationChoices> = fc.record({
  mutation: fc.boolean(),
  named: fc.boolean(),
  selections: fc.array(selection(DEPTH), { minLength: 1, maxLength: 3, size: 'max' }),
});
