export const CONDITIONS = ['NEW', 'LIKE_NEW', 'VERY_GOOD', 'GOOD', 'FAIR'] as const;

export type Condition = (typeof CONDITIONS)[number];

/** How often a condition comes, what is left of the price when new, and after how many years. */
export const WEAR: Record<
  Condition,
  { readonly share: number; readonly left: number; readonly years: readonly [number, number] }
> = {
  NEW: { share: 8, left: 0.86, years: [0, 2] },
  LIKE_NEW: { share: 22, left: 0.72, years: [0, 4] },
  VERY_GOOD: { share: 32, left: 0.58, years: [1, 7] },
  GOOD: { share: 27, left: 0.44, years: [2, 10] },
  FAIR: { share: 11, left: 0.27, years: [3, 12] },
};
