import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** As `npm run contract` runs it, once the build is there. */
const contract = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, ['dist/checks/contracts/main.js', ...args]);

test.each([
  ['api', 'type Mutation {', 'holdItems'],
  ['supergraph', 'holdItems(input: HoldItemsInput!): HoldItemsPayload', 'no such text'],
])('as %s', async (as, shown, hidden) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-contract-'));
  try {
    const output = path.join(folder, 'clients.graphql');
    await contract('clients', '--as', as, '--output', output);
    const text = await readFile(output, 'utf8');
    expect(text).toContain(shown);
    expect(text).not.toContain(hidden);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  [['client'], 'checks.yaml: client: no such contract. Did you mean "clients"?\n'],
  [
    ['clients', '--of', 'none.graphql'],
    'none.graphql cannot be read: name another with --of FILE.\n',
  ],
  [['clients', '--as', 'x'], '--as x: write --as api or --as supergraph.\n'],
])('%j is refused in one line', async (args, stderr) => {
  await expect(contract(...args)).rejects.toMatchObject({ code: 1, stderr });
});
