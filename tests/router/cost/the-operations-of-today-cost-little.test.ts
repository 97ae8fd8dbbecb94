import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import { expect, test } from 'vitest';
import { DEFAULT_MAX_COST } from '../../../router/cost/max-cost.ts';
import { operationsIn } from '../../../router/documents/registered.ts';
import { README } from '../../docs/readme.ts';
import { estimated, priceableSupergraph } from './costing.ts';

const MARKET = priceableSupergraph(readFileSync('supergraph.graphql', 'utf8'));

/** Every variable as large as a page may be. */
const variablesOf = (query: string): Record<string, unknown> => {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('it is no operation');
  return Object.fromEntries(
    (operation.variableDefinitions ?? []).map(({ variable }) => [variable.name.value, 100]),
  );
};

const registered = operationsIn('operations/storefront', 'OPERATIONS');
const inReadme = [...README.matchAll(/```graphql\n([\s\S]*?)\n```/g)].map(([, text = '']) => text);

test.each([...registered, ...inReadme].map((query) => [/\w+ \w+/.exec(query)?.[0], query]))(
  '%s costs less than a tenth of what it may',
  (_name, query = '') => {
    const cost = estimated(MARKET, { query, variables: variablesOf(query) });
    expect(cost).toBeLessThan(DEFAULT_MAX_COST / 10);
  },
);

test('a page of a hundred items, with all that a list shows of them, costs a fourth of it at most', () => {
  const query = `{ products(first: 100, filter: { search: "lamp" }) {
    totalCount
    facets { categories { count category { name } } brands { brand } priceRanges { from { amount } } }
    nodes {
      id title price { amount currencyCode } category { path { name } } attributes { name value }
      seller { displayName sellerProfile { rating { average } } } coverImage { url }
    }
  } }`;
  expect(estimated(MARKET, { query })).toBeLessThan(DEFAULT_MAX_COST / 4);
});

test('lists of a hundred in lists of a hundred cost too much', () => {
  const query =
    '{ products(first: 100) { nodes { seller { listings(first: 100) { nodes { id } } } } } }';
  expect(estimated(MARKET, { query })).toBeGreaterThan(DEFAULT_MAX_COST);
});
