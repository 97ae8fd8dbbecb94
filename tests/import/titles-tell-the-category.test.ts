import { describe, expect, test } from 'vitest';
import { categoryId, DEPARTMENTS } from '../../prisma/seed/goods/departments.ts';
import { createGuess } from '../../stack/import/guess.ts';
import { tidyTitle } from '../../stack/import/titles.ts';
import { treeOf } from '../../subgraphs/catalog/categories.ts';

const tree = treeOf(
  DEPARTMENTS.flatMap(({ slug, name, leaves }, position) => [
    { id: categoryId(slug), slug, name, parentId: null, position },
    ...leaves.map((leaf, index) => ({
      id: categoryId(leaf.slug),
      slug: leaf.slug,
      name: leaf.name,
      parentId: categoryId(slug),
      position: index,
    })),
  ]),
);

test.each([
  ['RED RETROSPOT LUNCH BAG', 'Red retrospot lunch bag'],
  ['10 COLOUR SPACEBOY PEN', '10 colour spaceboy pen'],
  ['SET OF 6  CHRISTMAS\tCARDS ', 'Set of 6 Christmas cards'],
  ['T-LIGHT, LED', 'T-light, LED'],
  ['"QUOTED" WORDS', '"Quoted" words'],
  ['ÉTUI À LUNETTES', 'Étui à lunettes'],
  ['Canon AE-1 PROGRAM', 'Canon AE-1 PROGRAM'],
  ['12345', '12345'],
])('%j is written %j', (shouted, said) => {
  expect(tidyTitle(shouted)).toBe(said);
});

describe('without a category of its own', () => {
  const guess = createGuess(tree, undefined);
  test.each([
    ['Red retrospot lunch bag', 'bags-accessories'],
    ['Set of 6 Christmas cards', 'stationery'],
    ['Canon EOS camera', 'digital-cameras'],
    ['Coffee mug', 'coffee-tea'],
    ['Wooden draughts game', 'board-games'],
    ['Doilies, set of ten', 'tableware'],
    ['Carpenter’s helper', 'decoration'],
    ['Cupid ornament', 'decoration'],
  ])('%j goes to %s', (title, slug) => {
    expect(guess({ title, category: '' })).toBe(slug);
  });

  test('a title without a known word goes to the category for the rest', () => {
    expect(guess({ title: 'Zorblax', category: '' })).toBe('decoration');
  });
});

test('a category that is named, by name or slug, goes before the title', () => {
  const guess = createGuess(tree, undefined);
  expect(guess({ title: 'Lunch bag', category: 'Vinyl records' })).toBe('vinyl');
  expect(guess({ title: 'Lunch bag', category: 'VINYL' })).toBe('vinyl');
  expect(guess({ title: 'Lunch bag', category: 'Things' })).toBe('bags-accessories');
});

test('--category sends everything to one place, which must be able to hold it', () => {
  expect(createGuess(tree, 'lamps')({ title: 'Lunch bag', category: 'vinyl' })).toBe('lamps');
  expect(() => createGuess(tree, 'nowhere')).toThrow('--category nowhere is not in the catalogue');
  expect(() => createGuess(tree, 'furniture')).toThrow('has categories below it, such as chairs');
  expect(() => createGuess(treeOf([]), undefined)).toThrow('has no categories yet: npm start');
});
