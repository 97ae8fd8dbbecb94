import { request } from 'undici';
import { expect, it } from 'vitest';
import { FirstPageDocument } from '../../generated/operations/storefront/graphql.ts';
import { SettingsError } from '../../process/settings.ts';
import { refuseMocksInProduction } from '../../stack/topology.ts';
import { chooseTopology, mockInstead } from '../../stack/topology-choice.ts';
import { postGraphql } from '../kit/http.ts';
import { openParts } from '../kit/parts.ts';
import { temporaryFolder } from './folders.ts';
import { type Launched, launch, scriptsOf } from './launched.ts';

const ask = ({ port }: Launched, query: string, headers = {}) =>
  postGraphql(`http://127.0.0.1:${port}/graphql`, JSON.stringify({ query }), headers);

it('--mock all needs no database, and gives the same page at every start', async () => {
  using folder = temporaryFolder();
  const page = String(FirstPageDocument);
  const first = async () => {
    await using launched = await launch(folder.path, { args: ['--mock', 'all'] });
    await launched.ready();
    expect(scriptsOf(launched)).toEqual([...Array(5).fill('mocks/main.js'), 'router/main.js']);
    expect(launched.servants().filter(({ command }) => command.includes('postgres'))).toEqual([]);
    expect(launched.screen()).toContain('Mocked    users, catalog, cart, media, recommendations');
    const { data, errors } = await ask(launched, page);
    expect(errors).toBeUndefined();

    const { statusCode, headers, body } = await request(
      `http://127.0.0.1:${launched.port}/media/mock/image_1-320.svg`,
    );
    expect([statusCode, headers['content-type']]).toEqual([200, 'image/svg+xml']);
    expect(await body.text()).toContain('<svg');
    const keys = await request(`http://127.0.0.1:${launched.port}/.well-known/jwks.json`);
    expect(keys.statusCode).toBe(404);
    await keys.body.dump();

    const me = await ask(launched, '{ me { id displayName } }', {
      'emporium-development-user': 'user_1',
    });
    expect(me.data.me.id).toBe('user_1');

    const changes = {
      query: 'subscription { productChanged(ids: ["product_4"]) { id title price { amount } } }',
    };
    const url = `http://127.0.0.1:${launched.port}/graphql`;
    await using events = await openParts(url, changes, 'events');
    const { payload } = await events.next();
    expect(payload?.data).toMatchObject({ productChanged: { id: 'product_4' } });
    return data;
  };
  const page1 = await first();
  expect(page1.cart.lines[0].product).toEqual({
    title: expect.any(String),
    price: { amount: expect.stringMatching(/^\d+\.\d\d$/) },
    seller: { displayName: expect.any(String) },
    coverImage: { url: expect.stringMatching(/\/media\/mock\/image_\d+-320\.svg$/) },
  });
  expect(JSON.stringify(await first()).replaceAll(/localhost:\d+/g, '')).toEqual(
    JSON.stringify(page1).replaceAll(/localhost:\d+/g, ''),
  );
}, 120_000);

it('some are made up, and refer to what the others have', async () => {
  using folder = temporaryFolder();
  const args = ['--mock', 'media,recommendations'];
  await using launched = await launch(folder.path, { args, seed: 'auto' });
  await launched.ready();
  expect(scriptsOf(launched)).toEqual([
    'mocks/main.js',
    'mocks/main.js',
    'payments/main.js',
    'router/main.js',
    'subgraphs/cart/main.js',
    'subgraphs/catalog/main.js',
    'subgraphs/users/main.js',
  ]);
  const { data, errors } = await ask(launched, String(FirstPageDocument));
  expect(errors).toBeUndefined();
  expect(data.cart.lines).toHaveLength(3);
  for (const { product } of data.cart.lines) {
    expect(product.coverImage.url).toContain('/media/mock/');
  }
  expect(data.trending).toHaveLength(2);
  for (const { product } of data.trending) expect(product.title).toEqual(expect.any(String));
}, 120_000);

it('a name that is none is refused with those that there are, before anything runs', async () => {
  const topology = chooseTopology('services');
  expect(() => mockInstead(topology, 'media,recomendations')).toThrow(
    new SettingsError(
      '--mock: "recomendations" is no subgraph: there are users, catalog, cart, media, recommendations; name some with commas between them, or all',
    ),
  );
  using folder = temporaryFolder();
  await using launched = await launch(folder.path, { args: ['--mock', 'everything'] });
  expect(await launched.ended()).toBe(1);
  expect(launched.screen()).toMatch(/^--mock: "everything" is no subgraph: .*\n$/);
});

it('production is never made up', () => {
  const mocked = mockInstead(chooseTopology('monolith'), 'cart');
  expect(() => refuseMocksInProduction(mocked, 'development')).not.toThrow();
  expect(() => refuseMocksInProduction(mocked, 'production')).toThrow(
    'NODE_ENV: production, and cart would be made up: leave out --mock',
  );
});
