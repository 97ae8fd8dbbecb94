import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const ROOMS = [
  'checks',
  'composition',
  'contract',
  'frontends',
  'mocks',
  'payments',
  'prisma',
  'process',
  'router',
  'stack',
  'subgraphs',
];

interface Report {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { readonly rule: { readonly name: string } }[];
  };
}

/** What `npm run boundaries` sees in a folder, as JSON. */
const cruise = async (folder: string, rooms: readonly string[]): Promise<Report> => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
      '--config',
      path.resolve('.dependency-cruiser.mjs'),
      '--output-type',
      'json',
      ...rooms,
    ],
    { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
    // It exits with the number of violations.
  ).catch((failed: { stdout: string }) => failed);
  return JSON.parse(stdout);
};

test('every room is read, and imports run one way', async () => {
  const { modules, summary } = await cruise('.', ROOMS);
  for (const room of ROOMS) {
    const read = modules.filter(({ source }) => source.startsWith(`${room}/`));
    expect(read.length, room).toBeGreaterThan(2);
  }
  expect(summary.violations).toEqual([]);
});

test('an import against the direction is found', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-boundaries-'));
  try {
    const files = {
      'tsconfig.json': '{}',
      'stack/subgraphs.ts': 'export const SUBGRAPHS = [];',
      'router/probe.ts': "export { SUBGRAPHS } from '../stack/subgraphs.ts';",
    };
    for (const [name, text] of Object.entries(files)) {
      await mkdir(path.join(folder, path.dirname(name)), { recursive: true });
      await writeFile(path.join(folder, name), text);
    }
    const { summary } = await cruise(folder, ['router', 'stack']);
    expect(summary.violations.map(({ rule }) => rule.name).sort()).toEqual([
      'nothing-imports-the-stack',
      'router-knows-no-subgraph',
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
