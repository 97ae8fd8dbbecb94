import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SettingsError } from '../../process/settings.ts';
import { readStackSettings } from '../../stack/settings.ts';
import {
  refuseReplicasElsewhere,
  refuseUnsharedSecret,
  refuseWorkersWithin,
} from '../../stack/topology.ts';
import { chooseTopology } from '../../stack/topology-choice.ts';
import { README } from '../docs/readme.ts';
import { temporaryFolder } from './folders.ts';
import { launch } from './launched.ts';

/** The topology that a file with this text gives; what is wrong with it, without the file's path. */
const read = (text: string) => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'topology.yaml');
  writeFileSync(file, text);
  try {
    return chooseTopology(file);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.replace(`${folder.path}/`, '');
  }
};

const SERVICES = {
  users: { kind: 'process' },
  catalog: { kind: 'process' },
  cart: { kind: 'process' },
  media: { kind: 'process' },
  recommendations: { kind: 'process' },
};

it('without a word, every subgraph is a process', () => {
  expect(chooseTopology(undefined)).toEqual(SERVICES);
  expect(chooseTopology('services')).toEqual(SERVICES);
  expect(read('')).toEqual(SERVICES);
  expect(read('subgraphs:\n')).toEqual(SERVICES);
});

it('a file says where each subgraph runs, and may leave some out', () => {
  const text = `
subgraphs:
  users: in-process
  recommendations: mock
  cart: { url: 'http://10.0.0.5:4003/graphql' }
  media:
    urls:
      - http://10.0.0.6:4004/graphql
      - https://media.example/graphql`;
  expect(read(text)).toEqual({
    ...SERVICES,
    users: { kind: 'in-process' },
    recommendations: { kind: 'mock' },
    cart: { kind: 'remote', urls: ['http://10.0.0.5:4003/graphql'] },
    media: {
      kind: 'remote',
      urls: ['http://10.0.0.6:4004/graphql', 'https://media.example/graphql'],
    },
  });
});

it('the README’s example is one', () => {
  const [, example = ''] = /```yaml\n(# topology\.yaml[^`]*)```/.exec(README) ?? [];
  expect(read(example)).toMatchObject({
    users: { kind: 'in-process' },
    media: { kind: 'remote', urls: [expect.any(String), expect.any(String)] },
  });
});

const URL_CURE = 'give the GraphQL endpoint, such as http://10.0.0.5:4003/graphql';
const ONE_OF_BOTH = 'not one of `url` and `urls`: write one of them, and nothing beside it';
const NO_MAP =
  'is no map: write `subgraphs:` and below it a line for each, such as `users: process`';

it.each([
  ['- users', `:1: the file ${NO_MAP}`],
  ['subgraphs: users', `:1: subgraphs ${NO_MAP}`],
  ['subgraphs: {}\nusers: process', ':2: users: no such key: write `subgraphs`'],
  [
    'subgraphs:\n  user: process',
    ':2: subgraphs.user: no such subgraph: there are users, catalog, cart, media, recommendations',
  ],
  [
    'subgraphs:\n  users: remote',
    ':2: subgraphs.users: "remote" is no place: write in-process, process, mock, or `url: http://10.0.0.5:4003/graphql`',
  ],
  [
    'subgraphs:\n  users:\n  cart: process',
    ':2: subgraphs.users: says no place: write in-process, process, mock, or `url: http://10.0.0.5:4003/graphql`',
  ],
  ['subgraphs:\n  users: {}', `:2: subgraphs.users: ${ONE_OF_BOTH}`],
  ['subgraphs:\n  users:\n    at: http://a/b', `:3: subgraphs.users: ${ONE_OF_BOTH}`],
  [
    'subgraphs:\n  users:\n    url: http://a/b\n    urls: [http://a/b]',
    `:4: subgraphs.users: ${ONE_OF_BOTH}`,
  ],
  ['subgraphs:\n  users:\n    url: a/b', `:3: subgraphs.users.url: not a URL: ${URL_CURE}`],
  ['subgraphs:\n  users:\n    url:', `:3: subgraphs.users.url: not a URL: ${URL_CURE}`],
  [
    'subgraphs:\n  users:\n    url: ws://a/b',
    `:3: subgraphs.users.url: neither http: nor https: (ws:): ${URL_CURE}`,
  ],
  [
    'subgraphs:\n  users:\n    url: http://a',
    `:3: subgraphs.users.url: it has no path: ${URL_CURE}`,
  ],
  [
    'subgraphs:\n  users:\n    url: http://me:secret@a/b',
    `:3: subgraphs.users.url: it names a user, who is never sent: ${URL_CURE}`,
  ],
  [
    'subgraphs:\n  users:\n    urls:\n      - http://a/b\n      - http://a/b,c',
    `:5: subgraphs.users.urls: it has a comma: ${URL_CURE}`,
  ],
  [
    'subgraphs:\n  users:\n    urls: []',
    ':3: subgraphs.users.urls: no address: give at least one, such as http://10.0.0.5:4003/graphql',
  ],
  [
    'subgraphs:\n  users: process\n  users: in-process',
    ':3: not YAML: Map keys must be unique: correct it there',
  ],
])('%j', (text, problem) => {
  expect(read(text)).toBe(`topology.yaml${problem}`);
});

it('what is neither a topology nor a file is refused with what there is', () => {
  expect(() => chooseTopology('monolit')).toThrow(
    '--topology monolit: there is no such file: give services, monolith, or the path of a topology file',
  );
});

it('subgraphs elsewhere need a secret that both sides know', () => {
  const topology = chooseTopology('services');
  const urls = ['http://a/graphql'] as const;
  const withRemote = { ...topology, cart: { kind: 'remote', urls } } as const;
  expect(() => refuseUnsharedSecret(topology, undefined)).not.toThrow();
  expect(() => refuseUnsharedSecret(withRemote, 'x'.repeat(32))).not.toThrow();
  expect(() => refuseUnsharedSecret(withRemote, undefined)).toThrow(
    'SIGNING_SECRET: not set, and cart runs elsewhere',
  );
});

it('a router with subgraphs in its process is one process', () => {
  expect(() => refuseWorkersWithin(4, [])).not.toThrow();
  expect(() => refuseWorkersWithin(1, ['cart'])).not.toThrow();
  expect(() => refuseWorkersWithin(4, ['cart'])).toThrow(
    "ROUTER_WORKERS: 4, and cart runs in the router's process, which has to be one then",
  );
});

it('only a process of this machine can have several replicas', () => {
  const { replicas } = readStackSettings({ REPLICAS_MEDIA: '1..3', REPLICAS_CART: '2' });
  expect(replicas).toMatchObject({
    users: { least: 1, most: 1 },
    cart: { least: 2, most: 2 },
    media: { least: 1, most: 3 },
  });
  const services = chooseTopology('services');
  expect(() => refuseReplicasElsewhere(services, replicas)).not.toThrow();
  const mixed = { ...services, media: { kind: 'in-process' } } as const;
  expect(() => refuseReplicasElsewhere(mixed, replicas)).toThrow(
    'REPLICAS_MEDIA: media has no process of its own on this machine',
  );
});

it.each(['0', '3..1', '1..', 'many', '1..99'])('%s replicas are refused', (text) => {
  expect(() => readStackSettings({ REPLICAS_MEDIA: text })).toThrow(
    `REPLICAS_MEDIA: "${text}" is neither a number nor a range such as 1..3, from 1 to 32`,
  );
});

it('the start ends with that line, before anything runs', async () => {
  using folder = temporaryFolder();
  const file = path.join(folder.path, 'topology.yaml');
  writeFileSync(file, 'subgraphs:\n  users: elsewhere\n');
  await using launched = await launch(folder.path, { args: ['--topology', file] });
  expect(await launched.ended()).toBe(1);
  const [line, ...rest] = launched.screen().trim().split('\n');
  expect(line).toContain(`${file}:2: subgraphs.users: "elsewhere" is no place`);
  expect(rest).toEqual([]);
  expect(launched.servants()).toEqual([]);
});
