import { expect, test } from 'vitest';
import { blended, blendModel } from '../../subgraphs/recommendations/models/blend.ts';
import { findSimilar } from '../../subgraphs/recommendations/models/content.ts';
import { trainCosine } from '../../subgraphs/recommendations/models/cosine.ts';
import { trainEase } from '../../subgraphs/recommendations/models/ease.ts';
import {
  faded,
  gatherInteractions,
  type Interest,
  restricted,
} from '../../subgraphs/recommendations/models/interactions.ts';
import { invert } from '../../subgraphs/recommendations/models/inverse.ts';
import { popularity } from '../../subgraphs/recommendations/models/popularity.ts';

/** By person, the items of each; all on one day, all of weight 1. */
const interactionsOf = (rows: readonly (readonly number[])[], items: number) => {
  const gathered = gatherInteractions();
  for (const [person, row] of rows.entries()) {
    for (const item of row) gathered.add({ person, item, weight: 1, day: 0 });
  }
  return gathered.finish(items);
};

/** Three people: desk and lamp; desk, lamp and chair; chair. */
const ROOM = interactionsOf([[0, 1], [0, 1, 2], [2]], 3);

test('cosine: shared people over the root of the product of all people, shrunk', () => {
  const plain = { neighbours: 10, minPeople: 1, shrinkage: 0 };
  expect(trainCosine(ROOM, plain)[0]).toEqual([
    { item: 1, score: expect.closeTo(1, 12) },
    { item: 2, score: expect.closeTo(1 / 2, 12) },
  ]);
  // Two shared people of two and two, shrunk by 2 / (2 + 3).
  const shrunk = trainCosine(ROOM, { ...plain, minPeople: 2, shrinkage: 3 });
  expect(shrunk[0]).toEqual([{ item: 1, score: expect.closeTo(0.4, 12) }]);
  expect(shrunk[2]).toEqual([]);
});

/** Gauss and Jordan, as in a textbook. */
const naiveInverse = (matrix: readonly (readonly number[])[]): number[][] => {
  const n = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => Number(i === j))]);
  for (let k = 0; k < n; k += 1) {
    const pivot = rows[k] ?? [];
    const divisor = pivot[k] ?? 1;
    rows[k] = pivot.map((value) => value / divisor);
    for (let i = 0; i < n; i += 1) {
      const factor = rows[i]?.[k] ?? 0;
      if (i !== k)
        rows[i] = (rows[i] ?? []).map((value, j) => value - factor * (rows[k]?.[j] ?? 0));
    }
  }
  return rows.map((row) => row.slice(n));
};

/** Numbers that look random and are the same every time. */
const pseudo = (seed: number): number => Math.abs(Math.sin(seed * 12.9898) * 43758.5453) % 1;

test.each([1, 2, 3, 4, 5, 47, 48, 49, 101])('the inverse of %i rows is the inverse', (n) => {
  const factors = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => pseudo(i * n + j) - 0.5),
  );
  const matrix = factors.map((one, i) =>
    factors.map((other, j) =>
      one.reduce((sum, value, k) => sum + value * (other[k] ?? 0), i === j ? 1 : 0),
    ),
  );
  const inverse = Float64Array.from(matrix.flat());
  invert(inverse, n);
  for (const [index, value] of naiveInverse(matrix).flat().entries()) {
    expect(inverse[index]).toBeCloseTo(value, 9);
  }
});

test('what is not positive definite has no such inverse, and says so', () => {
  expect(() => invert(Float64Array.of(1, 2, 2, 1), 2)).toThrow(RangeError);
});

test('EASE is the closed form of its paper, without what is negative', () => {
  const lambda = 2;
  // XᵀX + λ of the room.
  const p = naiveInverse([
    [2 + lambda, 2, 1],
    [2, 2 + lambda, 1],
    [1, 1, 2 + lambda],
  ]);
  const lists = trainEase(ROOM, { neighbours: 10, minPeople: 1, lambda });
  for (const [i, list] of lists.entries()) {
    expect(list).toHaveLength(2);
    for (const { item: j, score } of list) {
      expect(score).toBeCloseTo(-(p[i]?.[j] ?? 0) / (p[j]?.[j] ?? 1), 12);
    }
  }
});

test('EASE says nothing of pairs that too few people share', () => {
  const [desk] = trainEase(ROOM, { neighbours: 10, minPeople: 2, lambda: 2 });
  expect(desk?.map(({ item }) => item)).toEqual([1]);
});

test('popularity counts people once, and half as much after a half-life', () => {
  const gathered = gatherInteractions();
  const bought: readonly Interest[] = [
    { person: 0, item: 0, weight: 1, day: 10 },
    { person: 0, item: 0, weight: 1, day: 3 },
    { person: 1, item: 0, weight: 1, day: 3 },
    { person: 1, item: 1, weight: 0.2, day: 10 },
  ];
  for (const each of bought) gathered.add(each);
  expect([...popularity(gathered.finish(2), 10, 7)]).toEqual([1.5, 0.2]);
});

test('interest fades with what came after it, however long that took', () => {
  const daysOf = (days: readonly number[]) => {
    const gathered = gatherInteractions();
    for (const [item, day] of days.entries()) gathered.add({ person: 0, item, weight: 1, day });
    return [...faded(gathered.finish(days.length), 0.5).weight];
  };
  expect(daysOf([1, 2, 3, 4])).toEqual([0.5 ** 1.5, 0.5, 0.5 ** 0.5, 1]);
  expect(daysOf([1, 700, 701, 9_000])).toEqual(daysOf([1, 2, 3, 4]));
});

test('the blend adds both models; popularity weighs on what goes with the history, and fills up', () => {
  const ease = [[{ item: 1, score: 0.5 }], [], [], []];
  const cosine = [
    [
      { item: 2, score: 1 },
      { item: 1, score: 1 },
    ],
    [],
    [],
    [],
  ];
  const near = blended(ease, cosine, { cosineShare: 0.1, neighbours: 10 });
  expect(near[0]).toEqual([
    { item: 1, score: 0.6 },
    { item: 2, score: 0.1 },
  ]);
  const history = interactionsOf([[0]], 4);
  const model = blendModel('', near, history, Float64Array.of(0, 0, 5, 10), 1);
  const scores = model.scores(0);
  expect(scores[1]).toBeCloseTo(0.6 * 0.02, 12);
  expect(scores[2]).toBeCloseTo(0.1 * 0.52, 6);
  expect(scores[3]).toBeGreaterThan(scores[0] ?? 1);
  expect(scores[3]).toBeLessThan(1e-6);
});

test('leaving out items leaves the others’ people as they are', () => {
  const few = restricted(ROOM, Uint32Array.of(0, 2));
  expect([...few.starts]).toEqual([0, 1, 3, 4]);
  expect([...few.item]).toEqual([0, 0, 1, 1]);
});

const thing = (title: string, changes: object = {}) => ({
  title,
  brand: null,
  categoryId: 'category_lamps',
  price: { minorUnits: 1_000, currencyCode: 'EUR' },
  isAvailable: true,
  ...changes,
});

test('alike are items of one category with rare words, a brand or a price in common', () => {
  const items = [
    thing('Brass desk lamp'),
    thing('Brass desk lamp, dented'),
    thing('Wooden desk, painted white'),
    thing('Brass desk lamp', { categoryId: 'category_toys' }),
    thing('Brass desk lamp, sold', { isAvailable: false }),
    thing('Standing light', { brand: 'Anglepoise' }),
    thing('Floor thing', {
      brand: 'anglepoise',
      price: { minorUnits: 9_000, currencyCode: 'EUR' },
    }),
  ];
  const similar = findSimilar(items, new Set([0, 5]), 10);
  expect(similar[0]?.map(({ item }) => item)).toEqual([1, 2]);
  expect(similar[5]?.map(({ item }) => item)).toEqual([6]);
  expect(similar[1]).toEqual([]);
});
