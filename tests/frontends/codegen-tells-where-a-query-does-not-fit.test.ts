import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { compiled } from '../../stack/folders.ts';
import { temporaryFolder } from '../stack/folders.ts';

test.each([
  [
    'query A {\n  products(first: 1) { nods { id } }\n}',
    /Did you mean "nodes"\?\n\n\S+a\.graphql:2:24\n1 \| query A/,
  ],
  ['query A { holdItems { id } }', /Cannot query field "holdItems" on type "Query"/],
  ['query A {', /Syntax Error: Expected Name, found <EOF>\.\n\n\S+a\.graphql:1:10/],
])('%j', async (text, said) => {
  using folder = temporaryFolder();
  const [source, out] = ['src', 'gql'].map((name) => path.join(folder.path, name));
  mkdirSync(source ?? '');
  writeFileSync(path.join(source ?? '', 'a.graphql'), text);
  const command = [compiled('frontends/codegen/main.js'), '--operations', source, '--out', out];
  const failed: unknown = await promisify(execFile)(process.execPath, command as string[]).catch(
    (error: unknown) => error,
  );
  expect(Object(failed)).toMatchObject({ code: 1, stderr: expect.stringMatching(said) });
  expect(existsSync(out ?? '')).toBe(false);
});
