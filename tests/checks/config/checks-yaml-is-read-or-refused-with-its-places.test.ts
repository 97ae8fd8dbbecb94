import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readChecksConfig } from '../../../checks/config/read.ts';
import { CheckFailure } from '../../../checks/failure.ts';

/** A folder with a checks.yaml, gone when the test ends. */
const folderWith = async (text: string) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-checks-'));
  await writeFile(path.join(folder, 'checks.yaml'), text);
  return {
    folder,
    file: path.join(folder, 'checks.yaml'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
};

test('where there is no file, everything is as it is by default', () => {
  const config = readChecksConfig('no-such-checks.yaml');
  expect(config).toMatchObject({
    operations: 'operations',
    usage: null,
    clients: { include: [], exclude: ['internal'] },
    contracts: {},
  });
  expect(config.lints['type-names']).toEqual({
    severity: 'failure',
    onlyNew: false,
    options: { except: [] },
  });
});

test('what the file says is taken, its paths from where it is', async () => {
  await using given = await folderWith(`
operations: registered
usage: usage.json
clients: { exclude: [] }
lints:
  onlyNew: true
  rules:
    type-names: { severity: note, onlyNew: false, except: [_Entity] }
contracts:
  partners: { include: [public], exclude: [internal] }
`);
  const config = readChecksConfig(given.file);
  expect(config).toMatchObject({
    operations: path.join(given.folder, 'registered'),
    usage: path.join(given.folder, 'usage.json'),
    clients: { include: [], exclude: [] },
    contracts: { partners: { include: ['public'], exclude: ['internal'] } },
  });
  expect(config.lints['type-names']).toEqual({
    severity: 'note',
    onlyNew: false,
    options: { except: ['_Entity'] },
  });
});

test.each([
  ['operation: x', '1:1: operation: no such key. Did you mean "operations"?'],
  ['operations: []', '1:13: operations: no path: write that of a file or folder.'],
  ['- x', '1:1: no map of keys: write such as `operations: operations`.'],
  ['a: 1\na: 2', '2:1: not YAML: Map keys must be unique: correct it there.'],
  ['lints: { rule: {} }', '1:10: lints.rule: no such key. Did you mean "rules"?'],
  ['lints: { onlyNew: 1 }', '1:19: lints.onlyNew: neither true nor false: write one of them.'],
  [
    'lints:\n  rules:\n    type-name: off',
    '3:5: lints.rules.type-name: no such rule. Did you mean "type-names"?',
  ],
  [
    'lints:\n  rules:\n    type-names: error',
    '3:17: lints.rules.type-names: no severity: write one of failure, warning, note, off.',
  ],
  [
    'lints:\n  rules:\n    type-names: { excepts: [] }',
    '3:19: lints.rules.type-names.excepts: no such option. Did you mean "except"?',
  ],
  [
    'lints:\n  rules:\n    type-names: { except: x }',
    '3:27: lints.rules.type-names.except: no list of names: write such as `[one, another]`.',
  ],
  [
    'lints:\n  rules:\n    connections: { totalCount: 1 }',
    '3:32: lints.rules.connections.totalCount: neither true nor false: write one of them.',
  ],
  [
    'lints:\n  rules:\n    deprecation-dates: { undated: never }',
    '3:35: lints.rules.deprecation-dates.undated: not one of its choices: write one of failure, warning, note, off.',
  ],
  [
    "lints:\n  rules:\n    mutation-payloads: { pattern: '(' }",
    "3:35: lints.rules.mutation-payloads.pattern: no regular expression: write such as 'Payload$'.",
  ],
  ['contracts: { a: {} }', '1:14: contracts.a: it names no tags: write `include` or `exclude`.'],
  [
    'contracts: { a: { include: x } }',
    '1:28: contracts.a.include: no list of tags: write such as `[internal]`.',
  ],
  [
    'contracts: { a: { include: [x], exclude: [x] } }',
    '1:14: contracts.a: x is included and excluded: take it out of one.',
  ],
])('%j is refused with line, column and cure', async (text, expected) => {
  await using given = await folderWith(text);
  expect(mistakesOf(given.file)).toContain(`${given.file}:${expected}`);
});

test('all mistakes are told at once', async () => {
  await using given = await folderWith('operation: x\nlints: { rule: {} }\n');
  expect(mistakesOf(given.file)).toHaveLength(2);
});

const mistakesOf = (file: string): readonly string[] => {
  try {
    readChecksConfig(file);
  } catch (error) {
    if (error instanceof CheckFailure) return error.messages;
    throw error;
  }
  throw new Error('it was taken');
};
