import { real } from './arrays.ts';

/** Rows and columns that are swept at once; a block and the panels beside it stay in the cache. */
const BLOCK = 48;

/** The kernel's tile, in rows and in columns. */
const TILE = 4;

/**
 * Inverts a symmetric positive definite matrix of n rows, in its own place, by sweeping it block by
 * block (the sweep operator: Goodnight, A Tutorial on the SWEEP Operator, 1979).
 *
 * Sweeping the rows and columns K of A makes of it
 *
 *   A[K,K] <- -P       with P = the inverse of A[K,K]
 *   A[i,K] <- A[i,K] P
 *   A[i,j] <- A[i,j] - A[i,K] P A[K,j]
 *
 * which stays symmetric, and once every K was swept A is minus its inverse. So that only half of it
 * is computed, what is read and written is the lower triangle; the upper one is filled at the end.
 * Takes n³ / 2 multiplications: 3,000 rows about 10 s on one core.
 *
 * @param matrix n × n, row by row
 * @param onProgress told the share that is done, 0 to 1
 * @throws RangeError where it is not positive definite
 */
export const invert = (
  matrix: Float64Array,
  n: number,
  onProgress: (share: number) => void = () => {},
): void => {
  // Padded, so that the kernel needs no case for a rest.
  const rows = Math.ceil(n / TILE) * TILE;
  const panel = new Float64Array(rows * BLOCK);
  const product = new Float64Array(rows * BLOCK);
  for (let first = 0; first < n; first += BLOCK) {
    const size = Math.min(BLOCK, n - first);
    takePanel(matrix, n, first, size, panel);
    const pivot = invertedPivot(matrix, n, first, size);
    multiply(panel, pivot, n, size, product);
    subtractProduct(matrix, n, product, panel, size);
    putPanel(matrix, n, first, size, product, pivot);
    onProgress((first + size) / n);
  }
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const value = -real(matrix, i * n + j);
      matrix[i * n + j] = value;
      matrix[j * n + i] = value;
    }
  }
};

/** A[·,K], whichever side of the diagonal it stands on; zero in K's own rows, which stay out. */
const takePanel = (
  matrix: Float64Array,
  n: number,
  first: number,
  size: number,
  panel: Float64Array,
): void => {
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < size; k += 1) {
      const column = first + k;
      const isOwn = i >= first && i < first + size;
      const value = i > column ? matrix[i * n + column] : matrix[column * n + i];
      panel[i * size + k] = isOwn ? 0 : (value ?? 0);
    }
  }
  panel.fill(0, n * size);
};

/** The inverse of A[K,K], by sweeping one row and column after the other. */
const invertedPivot = (
  matrix: Float64Array,
  n: number,
  first: number,
  size: number,
): Float64Array => {
  const pivot = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const value = real(matrix, (first + i) * n + first + j);
      pivot[i * size + j] = value;
      pivot[j * size + i] = value;
    }
  }
  for (let k = 0; k < size; k += 1) sweepOne(pivot, size, k);
  return pivot.map((value) => -value);
};

const sweepOne = (pivot: Float64Array, size: number, k: number): void => {
  const d = real(pivot, k * size + k);
  if (!(d > 0)) throw new RangeError('The matrix is not positive definite.');
  const column = Float64Array.from({ length: size }, (_, i) => real(pivot, i * size + k));
  for (let i = 0; i < size; i += 1) {
    const factor = real(column, i) / d;
    for (let j = 0; j < size; j += 1) {
      const place = i * size + j;
      if (i === k) pivot[place] = j === k ? -1 / d : real(column, j) / d;
      else if (j === k) pivot[place] = factor;
      else pivot[place] = real(pivot, place) - factor * real(column, j);
    }
  }
};

/** `product` = `panel` × `pivot`. */
const multiply = (
  panel: Float64Array,
  pivot: Float64Array,
  n: number,
  size: number,
  product: Float64Array,
): void => {
  product.fill(0);
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < size; k += 1) {
      const factor = real(panel, i * size + k);
      for (let j = 0; j < size; j += 1) {
        const place = i * size + j;
        product[place] = real(product, place) + factor * real(pivot, k * size + j);
      }
    }
  }
};

/**
 * A[i,j] -= product[i,·] · panel[j,·] for the lower triangle: nearly all of the time goes by here.
 * Sixteen sums are kept in registers, so that eight loads serve sixteen multiplications. Of a tile
 * on the diagonal some entries lie above it; they are computed for nothing and never read.
 */
const subtractProduct = (
  matrix: Float64Array,
  n: number,
  product: Float64Array,
  panel: Float64Array,
  size: number,
): void => {
  for (let i = 0; i < n; i += TILE) {
    for (let j = 0; j <= i; j += TILE) {
      tile(matrix, n, i, j, product, panel, size);
    }
  }
};

const tile = (
  matrix: Float64Array,
  n: number,
  i: number,
  j: number,
  product: Float64Array,
  panel: Float64Array,
  size: number,
): void => {
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  for (let k = 0; k < size; k += 1) {
    const a0 = real(product, (i + 0) * size + k);
    const a1 = real(product, (i + 1) * size + k);
    const a2 = real(product, (i + 2) * size + k);
    const a3 = real(product, (i + 3) * size + k);
    const b0 = real(panel, (j + 0) * size + k);
    const b1 = real(panel, (j + 1) * size + k);
    const b2 = real(panel, (j + 2) * size + k);
    const b3 = real(panel, (j + 3) * size + k);
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  subtract(matrix, n, i + 0, j, s00, s01, s02, s03);
  subtract(matrix, n, i + 1, j, s10, s11, s12, s13);
  subtract(matrix, n, i + 2, j, s20, s21, s22, s23);
  subtract(matrix, n, i + 3, j, s30, s31, s32, s33);
};

const subtract = (
  matrix: Float64Array,
  n: number,
  i: number,
  j: number,
  s0: number,
  s1: number,
  s2: number,
  s3: number,
): void => {
  if (i >= n) return;
  const place = i * n + j;
  matrix[place] = real(matrix, place) - s0;
  if (j + 1 < n) matrix[place + 1] = real(matrix, place + 1) - s1;
  if (j + 2 < n) matrix[place + 2] = real(matrix, place + 2) - s2;
  if (j + 3 < n) matrix[place + 3] = real(matrix, place + 3) - s3;
};

/** Writes A[·,K] <- A[·,K] P and A[K,K] <- -P into the lower triangle. */
const putPanel = (
  matrix: Float64Array,
  n: number,
  first: number,
  size: number,
  product: Float64Array,
  pivot: Float64Array,
): void => {
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < size; k += 1) {
      const column = first + k;
      const isOwn = i >= first && i < first + size;
      const value = isOwn ? -real(pivot, (i - first) * size + k) : real(product, i * size + k);
      if (i >= column) matrix[i * n + column] = value;
      else if (!isOwn) matrix[column * n + i] = value;
    }
  }
};
