// The compiler takes every index for one that may be outside; these are for loops that stay within.
// One for each type of array, since a function that sees several types of them is slow.

export const real = (array: Float64Array, index: number): number => array[index] as number;

export const whole = (array: Uint32Array, index: number): number => array[index] as number;
