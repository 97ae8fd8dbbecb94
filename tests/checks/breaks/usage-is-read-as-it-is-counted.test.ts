import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readUsageFile } from '../../../checks/breaks/usage-file.ts';
import { CheckFailure } from '../../../checks/failure.ts';
import { temporaryFolder } from '../../stack/folders.ts';

const read = (text: string) => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'usage');
  writeFileSync(file, text);
  return readUsageFile(file);
};

const vector = (...value: readonly unknown[]) =>
  JSON.stringify({
    status: 'success',
    data: { resultType: 'vector', result: [{ metric: { coordinate: 'Product.title' }, value }] },
  });

test.each([
  ['plain JSON', '{ "Product.title": 13 }'],
  ['what Prometheus answers', vector(1_790_000_000.1, '12.04')],
  [
    'a router’s metrics',
    [
      '# TYPE emporium_schema_usage_total counter',
      'emporium_schema_usage_total{coordinate="Product.title"} 13',
      'emporium_requests_total{kind="query",outcome="answered"} 20',
    ].join('\n'),
  ],
])('%s', (_form, text) => {
  expect([...read(text)]).toEqual([['Product.title', 13]]);
});

test.each([
  ['{', /usage is no usage file: .*JSON.* It is JSON such as \{"Product.title": 120\}, what/],
  ['', /usage is no usage file: it counts nothing\./],
  ['{}', /it counts nothing/],
  ['emporium_requests_total{kind="query"} 20', /it counts nothing\. .*SCHEMA_USAGE=on/],
  ['{ "Product.title": "often" }', /: Product\.title is no number of times/],
  ['{ "Product.title": "" }', /: Product\.title is no number of times/],
  ['{ "Product.title": -1 }', /: Product\.title is no number of times/],
  [vector(1_790_000_000.1), /: Product\.title is no number of times/],
  [vector(1_790_000_000.1, 'NaN'), /: Product\.title is no number of times/],
  ['{ "data": { "resultType": "vector" } }', /it counts nothing/],
])('%s is refused with its cure', (text, said) => {
  expect(() => read(text)).toThrow(CheckFailure);
  expect(() => read(text)).toThrow(said);
});
