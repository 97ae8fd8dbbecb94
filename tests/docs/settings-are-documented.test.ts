import { expect, test } from 'vitest';
import { mockSpecs } from '../../mocks/settings.ts';
import { paymentsSpecs } from '../../payments/settings.ts';
import { routerSpecs } from '../../router/settings.ts';
import { monolithSpecs } from '../../stack/monolith-settings.ts';
import { stackSpecs } from '../../stack/settings.ts';
import { cartSpecs } from '../../subgraphs/cart/settings.ts';
import { catalogSpecs } from '../../subgraphs/catalog/settings.ts';
import { subgraphSpecs } from '../../subgraphs/kit/settings.ts';
import { mediaSpecs } from '../../subgraphs/media/settings.ts';
import { README, tableRows } from './readme.ts';

const ROOMS = {
  'npm start': stackSpecs,
  router: routerSpecs,
  'the router with subgraphs in its process': monolithSpecs,
  'a subgraph': { ...subgraphSpecs, ...mediaSpecs, ...catalogSpecs, ...cartSpecs },
  'a mock': mockSpecs,
  'the test payment provider': paymentsSpecs,
};

/** A default as the README writes it. */
const shown = (value: unknown): string => {
  if (value === undefined) return '';
  if (Array.isArray(value) || typeof value === 'object') return '';
  return `\`${value}\``;
};

test.each(Object.entries(ROOMS))('the README lists every setting of %s', (room, specs) => {
  const rows = new Map(tableRows(README).map(([name = '', ...cells]) => [name, cells]));
  for (const [name, spec] of Object.entries(specs)) {
    const [value, words] = rows.get(`\`${name}\``) ?? [];
    expect(words, `${name} of ${room} is not in the README`).toBeDefined();
    // What the launcher hands on is in its own table, with its own words.
    if (room !== 'npm start' && name in stackSpecs) continue;
    expect([value, words], name).toEqual([shown(Object(spec).default), Object(spec).desc]);
  }
});

test('the README lists no setting that does not exist', () => {
  const known = new Set(Object.values(ROOMS).flatMap((specs) => Object.keys(specs)));
  const listed = tableRows(README)
    .map(([name = '']) => /^`([A-Z][A-Z_]+)`$/.exec(name)?.[1])
    .filter((name) => name !== undefined);
  expect(listed.filter((name) => !known.has(name))).toEqual([]);
});
