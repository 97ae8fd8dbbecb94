import { afterAll, beforeAll, expect, test } from 'vitest';
import { queryOf, slipsBetween } from '../../subgraphs/catalog/search.ts';
import { catalog } from '../../subgraphs/catalog/server.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';
import { arrange } from './arrange.ts';

let subgraph: TestSubgraph;

beforeAll(async () => {
  subgraph = await startTestSubgraph(catalog, { database: 'catalog', seeded: false });
  await arrange(subgraph, [
    { id: 'product_ae1', title: 'AE-1 Program with 50mm lens', brand: 'Canon' },
    { id: 'product_f3', title: 'F3 body, black', brand: 'Nikon', description: 'A camera, 1980.' },
    { id: 'product_jacket', title: 'Leather jacket', brand: 'Levi’s', description: 'Brown.' },
    { id: 'product_dress', title: 'Vintage summer dresses', description: 'With a leather belt' },
    { id: 'product_bowl', title: 'Crème brûlée Schüssel', brand: 'Café Weiß' },
    { id: 'product_bike', title: 'City bicycle', brand: 'Gazelle' },
    { id: 'product_sold', title: 'Canon film camera', availability: 'SOLD' },
  ]);
});
afterAll(() => subgraph[Symbol.asyncDispose]());

const find = async (search: string): Promise<string[]> => {
  const { data, errors } = await subgraph.query({
    document: `query Find($search: String) {
      products(first: 50, filter: { search: $search }) { nodes { id } totalCount }
    }`,
    variables: { search },
  });
  expect(errors).toBeUndefined();
  expect(data.products.totalCount).toBe(data.products.nodes.length);
  return data.products.nodes.map(({ id }: { id: string }) => id.slice('product_'.length));
};

test.each([
  ['canon', ['ae1']],
  ['CANON ae-1', ['ae1']],
  ['50mm', ['ae1']],
  ['camera', ['f3']],
  ['cameras', ['f3']],
  ['dress', ['dress']],
  ['levis jacket', ['jacket']],
  ["levi's jacket", ['jacket']],
])('words are found in title, brand and description: %s', async (search, ids) => {
  expect(await find(search)).toEqual(ids);
});

test.each([
  ['creme brulee', 'bowl'],
  ['Schüssel', 'bowl'],
  ['schussel', 'bowl'],
  ['cafe weiss', 'bowl'],
])('accents do not matter: %s', async (search, id) => {
  expect(await find(search)).toEqual([id]);
});

test.each([
  ['leath', ['jacket', 'dress']],
  ['leather jack', ['jacket']],
  ['city bic', ['bike']],
])('the last word may be the beginning of one: %s', async (search, ids) => {
  expect(await find(search)).toEqual(ids);
});

test('few words with one beginning are searched word by word, many as a beginning', async () => {
  const lamp = { word: 'lamp', stem: 'lamp', known: true, alike: [] };
  expect(queryOf([{ ...lamp, longer: ['lamp', 'lampshade'] }])).toBe("('lamp' | 'lampshade')");
  expect(queryOf([{ ...lamp, longer: null }])).toBe("('lamp':*)");
  const used = { word: 'used', stem: 'use', known: true, alike: [], longer: null };
  expect(queryOf([used, { ...lamp, longer: [] }])).toBe("('use' | 'used') & ('lamp')");
  // Many, and one with a digit, are found all the same.
  expect(await find('ae')).toEqual(['ae1']);
  expect(await find('50m')).toEqual(['ae1']);
});

test('the beginning of a word is enough at the end only', async () => {
  expect(await find('jack leather')).toEqual([]);
});

test.each([
  ['cannon', 'ae1'],
  ['nkon', 'f3'],
  ['nikno', 'f3'],
  ['camra', 'f3'],
  ['cmaera', 'f3'],
  ['jakcet', 'jacket'],
  ['leahter jaket', 'jacket'],
  ['leather jaket', 'jacket'],
  ['vintgae sumer', 'dress'],
  ['bycicle', 'bike'],
  ['gazzele city', 'bike'],
])('a slip of the keyboard is understood: %s', async (search, id) => {
  expect(await find(search)).toContain(id);
});

test('a word that is too far from all others finds nothing', async () => {
  expect(await find('helicopter')).toEqual([]);
  expect(await find('canon helicopter')).toEqual([]);
});

test('a word that some item has is not taken for another', async () => {
  expect(await find('lens')).toEqual(['ae1']);
});

test('words that say nothing are left out, unless there are no others', async () => {
  expect(await find('the jacket')).toEqual(['jacket']);
  expect(await find('with')).toEqual(['ae1', 'dress'].toSorted());
});

test('title and brand count more than the description', async () => {
  expect(await find('leather')).toEqual(['jacket', 'dress']);
});

test('a search without words is none, whatever its signs', async () => {
  for (const search of ['', '  ', `!'"&|:*<->()\\`, '\0'])
    expect(await find(search)).toHaveLength(6);
  expect(await find(`canon'&!:*\0`)).toEqual(['ae1']);
});

test('a search has 200 characters at the most', async () => {
  const { errors } = await subgraph.query({
    document: `{ products(first: 1, filter: { search: "${'x'.repeat(201)}" }) { totalCount } }`,
  });
  expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
});

test.each([
  ['camera', 'camera', 0],
  ['camra', 'camera', 1],
  ['cmaera', 'camera', 1],
  ['nikkon', 'nikon', 1],
  ['bycicle', 'bicycle', 2],
  ['', 'abc', 3],
])('slips between %s and %s: %i', (one, other, slips) => {
  expect(slipsBetween(one, other)).toBe(slips);
  expect(slipsBetween(other, one)).toBe(slips);
});
