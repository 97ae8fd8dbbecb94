import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readUsageFile } from '../../../checks/breaks/usage-file.ts';
import { issueServiceToken } from '../../../contract/service-token.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { TEST_SECRET } from '../../kit/secret.ts';
import { temporaryFolder } from '../../stack/folders.ts';
import { startWatched, type Watched } from './arrange.ts';

/** As a check reads it. */
const usage = async (watched: Watched): Promise<Readonly<Record<string, number>>> => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'usage');
  writeFileSync(file, await watched.metrics());
  return Object.fromEntries(readUsageFile(file));
};

test('each request counts once for each part of the schema that it asks for', async () => {
  await using watched = await startWatched({ countsUsage: true });
  const search = 'query Search($search: String) { items(search: $search) { title title } }';
  await watched.router.query(search, { variables: { search: 'lens' } });
  await watched.router.query(search, { variables: { search: 'camera' } });
  await watched.router.query('{ items { seller { name } } __schema { types { name } } }');
  expect(await usage(watched)).toEqual({
    Query: 3,
    Item: 3,
    'Query.items': 3,
    'Query.items.search': 2,
    String: 3,
    'Item.title': 2,
    'Item.seller': 1,
    Person: 1,
    'Person.name': 1,
  });
  await watched.router.query(search);
  expect(await usage(watched)).toMatchObject({ 'Item.title': 3, 'Person.name': 1 });
});

test('what fits no schema counts for nothing, and a subscription once', async () => {
  await using watched = await startWatched({ countsUsage: true });
  await watched.router.query('{ items { weight } }');
  await using parts = await watched.router.subscribe('subscription { told }');
  await parts.rest();
  await watched.until('subscription ended');
  expect(await usage(watched)).toEqual({ Subscription: 1, Int: 1, 'Subscription.told': 1 });
});

test('services are not counted: they have registered what they ask', async () => {
  using folder = temporaryFolder();
  const query = 'query Titles { items { title } }';
  mkdirSync(path.join(folder.path, 'catalog'));
  writeFileSync(path.join(folder.path, 'catalog', 'titles.graphql'), query);
  await using watched = await startWatched({ countsUsage: true, serviceOperations: folder.path });
  const authorization = `Service ${issueServiceToken(TEST_SECRET, 'catalog')}`;
  const { errors } = await watched.router.query(query, { authorization });
  expect(errors).toBeUndefined();
  expect(await watched.metrics()).not.toContain('emporium_schema_usage_total{');
});

test('nothing is counted unless somebody wants it', async () => {
  await using watched = await startWatched();
  await watched.router.query('{ items { title } }');
  expect(await watched.metrics()).not.toContain('emporium_schema_usage_total');
  expect(() => readRouterSettings({ SCHEMA_USAGE: 'on' })).toThrow('set METRICS_PORT too');
  expect(readRouterSettings({ SCHEMA_USAGE: 'on', METRICS_PORT: '0' }).countsUsage).toBe(true);
});
