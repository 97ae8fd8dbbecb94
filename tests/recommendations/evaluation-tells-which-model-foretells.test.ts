import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compiled, ROOT } from '../../stack/folders.ts';
import { intervalOfMean } from '../../subgraphs/recommendations/evaluation/bootstrap.ts';
import { measure } from '../../subgraphs/recommendations/evaluation/measures.ts';
import { splitByTime } from '../../subgraphs/recommendations/evaluation/split.ts';

const REAL = path.resolve(ROOT, '../shared/data/online-retail-purchases.csv.gz');

interface Measured {
  readonly name: string;
  readonly recall20: number;
  readonly ndcg10: number;
  readonly intervals: Readonly<Record<string, { readonly low: number; readonly high: number }>>;
}

/** What `npm run evaluate` runs, as the build compiled it. */
const evaluate = async (args: readonly string[]) => {
  const script = compiled('subgraphs/recommendations/evaluation/main.js');
  // No database can be meant: nothing of the environment reaches it.
  const child = spawn(process.execPath, [script, ...args], { env: {}, stdio: 'pipe' });
  let printed = '';
  let told = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (told += chunk));
  await once(child, 'close');
  return { code: child.exitCode, printed, told };
};

const withFolder = async (work: (folder: string) => Promise<void>): Promise<void> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-evaluation-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
};

/** People with one of three tastes, who buy two things a day of the twenty that go with it. */
const tastefulPurchases = (): string => {
  const rows = Array.from({ length: 6_000 }, (_, n) => {
    const customer = n % 60;
    const item = 20 * (customer % 3) + ((7 * n + 3 * Math.floor(n / 60) * customer) % 20);
    return `${customer},${item},1,${new Date(Date.UTC(2026, 0, 1) + n * 600_000).toISOString()}`;
  });
  return `customer_id,product_id,quantity,purchased_at\n${rows.join('\n')}\n`;
};

/** And thirty more people, of whom little was known before the last fifth. */
const lateBuyers = (): string => {
  const head = tastefulPurchases();
  const rows = Array.from({ length: 900 }, (_, n) => {
    const customer = 60 + (n % 30);
    const item = 20 * (customer % 3) + ((Math.floor(n / 30) * 7 + customer) % 20);
    return `${customer},${item},1,${new Date(Date.UTC(2026, 1, 8) + n * 600_000).toISOString()}`;
  });
  return `${head}${rows.join('\n')}\n`;
};

test('a file gives measures of every model with intervals, the same in every run, and a plot', () =>
  withFolder(async (folder) => {
    const file = path.join(folder, 'purchases.csv.gz');
    await writeFile(file, gzipSync(lateBuyers()));
    const plot = path.join(folder, 'plot.svg');
    const args = [file, '--json', '--samples', '200'];
    const first = await evaluate([...args, '--plot', plot]);
    expect(first).toMatchObject({ code: 0 });
    const { models, best, baseline } = JSON.parse(first.printed);
    expect(models.map(({ name }: Measured) => name)).toEqual([
      'popularity',
      'recent popularity',
      'cosine',
      'EASE',
      'blend',
    ]);
    expect(baseline).toBe('recent popularity');
    expect(models.map(({ name }: Measured) => name)).toContain(best);
    for (const { recall20, ndcg10, intervals } of models as readonly Measured[]) {
      for (const [value, interval] of [
        [recall20, intervals['recall20']],
        [ndcg10, intervals['ndcg10']],
      ] as const) {
        expect(value).toBeGreaterThanOrEqual(interval?.low ?? 1);
        expect(value).toBeLessThanOrEqual(interval?.high ?? 0);
      }
    }
    const by = (wanted: string): Measured =>
      models.find(({ name }: Measured) => name === wanted) ?? expect.fail(wanted);
    expect(by('blend').recall20).toBeGreaterThan(by('recent popularity').recall20);
    expect((await evaluate(args)).printed).toBe(first.printed);
    expect(await readFile(plot, 'utf8')).toContain('recent popularity');
  }));

test.each([
  [[], 'One file is needed'],
  [['no-such-file.csv'], 'cannot be read'],
  [['package.json', '--samples', '1'], '--samples 1'],
  [['package.json', '--fast'], '--help'],
])('%j is refused in one line that says why', async (args, words) => {
  const { code, printed, told } = await evaluate(args);
  expect({ code, printed }).toEqual({ code: 1, printed: '' });
  expect(told).toContain(words);
  expect(told.trim().split('\n')).toHaveLength(1);
});

const day = (customer: string, product: string, at: number) => ({ customer, product, day: at });

test('what is foretold is what people bought later and not before, of what was known', () => {
  const purchases = [
    ...[day('a', 'mug', 1), day('a', 'mat', 2), day('b', 'mug', 3), day('b', 'pen', 4)],
    ...[day('a', 'mug', 5), day('a', 'pen', 6), day('c', 'mug', 7), day('b', 'new', 8)],
  ];
  const { known, today, later } = splitByTime(purchases, 0.5, 1);
  expect(known).toMatchObject({ people: 2, items: 3 });
  expect(today).toBe(4);
  // Items are numbered in the order of their names: mat, mug, pen.
  expect([...later]).toEqual([[0, new Set([2])]]);
});

test('recall and NDCG are those of their definitions', () => {
  const split = splitByTime(
    [
      day('a', 'i0', 1),
      ...['i1', 'i2', 'i3'].map((name) => day('z', name, 2)),
      day('a', 'i2', 3),
      day('a', 'i3', 4),
    ],
    4 / 6,
    1,
  );
  const model = { name: '', scores: () => Float64Array.of(9, 3, 2, 1) };
  const { recall20, ndcg10 } = measure(model, split);
  expect([...recall20]).toEqual([1]);
  // i0 is left out, so the two stand at places 2 and 3.
  const best = 1 + 1 / Math.log2(3);
  expect(ndcg10[0]).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(4)) / best, 12);
});

test('an interval holds the mean, and is narrow where people agree', () => {
  const wide = intervalOfMean(Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1), 500);
  expect(wide.low).toBeLessThan(0.5);
  expect(wide.high).toBeGreaterThan(0.5);
  expect(intervalOfMean(Float64Array.of(0.3, 0.3), 100)).toEqual({ low: 0.3, high: 0.3 });
});

test.runIf(existsSync(REAL))(
  'on real purchases the blend beats recent popularity by far more than chance',
  { timeout: 300_000 },
  async () => {
    const { code, printed } = await evaluate([REAL, '--json', '--samples', '300']);
    expect(code).toBe(0);
    const { models, baseline } = JSON.parse(printed);
    const by = (wanted: string): Measured =>
      models.find(({ name }: Measured) => name === wanted) ?? expect.fail(wanted);
    const [blend, reference] = [by('blend'), by(baseline)];
    expect(blend.recall20 / reference.recall20).toBeGreaterThan(1.3);
    expect(blend.ndcg10 / reference.ndcg10).toBeGreaterThan(1.1);
    expect(blend.intervals['recall20AboveBaseline']?.low).toBeGreaterThan(0);
    expect(blend.intervals['ndcg10AboveBaseline']?.low).toBeGreaterThan(0);
  },
);
