import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openCsv } from '../../stack/import/csv.ts';
import { formatOf } from '../../stack/import/formats.ts';
import { importRows } from '../../stack/import/import.ts';
import type { CategoryTree } from '../../subgraphs/catalog/categories.ts';
import { treeOf } from '../../subgraphs/catalog/categories.ts';

const tree: CategoryTree = treeOf([
  { id: 'category_all', slug: 'all', name: 'All', parentId: null, position: 0 },
]);

test('a file is read no faster than it is written: little of it is in memory at any time', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-import-'));
  const file = path.join(folder, 'big.csv');
  const filler = 'words '.repeat(30);
  const lines = Array.from({ length: 40_000 }, (_, n) => `${n},A thing number ${n},${filler},5`);
  await writeFile(file, `id,title,description,price\n${lines.join('\n')}\n`);

  const csv = openCsv(file);
  const header = await csv.rows.next();
  let inFlight = 0;
  let written = 0;
  let largest = 0;
  let reached = 0;
  await importRows({
    rows: csv.rows,
    format: formatOf(header.value?.fields ?? []),
    guess: () => 'all',
    tree,
    sellerId: 'user_1',
    batch: 500,
    write: async (listings) => {
      largest = Math.max(largest, listings.length);
      inFlight = Math.max(inFlight, csv.bytesRead() - reached);
      await sleep(1);
      written += listings.length;
      return { inserted: listings.length, updated: 0, unchanged: 0 };
    },
    reject: async () => {},
    report: (_, end) => {
      reached = end;
    },
    signal: new AbortController().signal,
  });
  await rm(folder, { recursive: true });

  expect(written).toBe(40_000);
  expect(largest).toBe(500);
  // Of more than eight million bytes: a batch, and what streams keep in hand.
  expect(csv.bytesRead()).toBeGreaterThan(8_000_000);
  expect(inFlight).toBeLessThan(800_000);
});
