import { readFile } from 'node:fs/promises';
import { IntrospectAndCompose } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { verifyRequest } from '../../../contract/signature.ts';
import { createGateway, type Gateway } from '../../../router/dropin/gateway.ts';
import { type SmallFederation, startSmallFederation } from '../../kit/federation.ts';
import { postGraphql } from '../../kit/http.ts';
import { TEST_SECRET } from '../../kit/secret.ts';

interface Context {
  readonly token: string;
}

const BOOKS = {
  sdl: 'type Query { books: [Book] } type Book @key(fields: "id") { id: ID! title: String! }',
  resolvers: { Query: { books: () => [{ id: '1', title: 'Emma' }] } },
};
const PRICES = {
  sdl: 'type Query { cheapest: Int } type Book @key(fields: "id") { id: ID! price: Int! }',
  resolvers: {
    Query: {
      cheapest: () => {
        throw new Error('boom');
      },
    },
    Book: { __resolveReference: ({ id }: { id: string }) => ({ id, price: Number(id) }) },
  },
};

/** Apollo Server over the gateway, on a free port. */
const serve = async (gateway: Gateway<Context>, plugins = [gateway.incrementalDelivery]) => {
  const server = new ApolloServer<Context>({ gateway, plugins });
  const { url } = await startStandaloneServer(server, {
    listen: { port: 0, host: '127.0.0.1' },
    context: async ({ req }) => ({ token: String(req.headers.authorization) }),
  });
  return { url, [Symbol.asyncDispose]: () => server.stop() };
};

const start = () => startSmallFederation({ books: BOOKS, prices: PRICES });
const gatewayOf = ({ supergraph }: SmallFederation) => createGateway<Context>({ supergraph });

test('Apollo Server answers through the engine, with data, errors and introspection', async () => {
  await using federation = await start();
  await using served = await serve(gatewayOf(federation));
  const query = '{ books { title price } cheapest __schema { queryType { name } } }';
  const { data, errors } = await postGraphql(served.url, JSON.stringify({ query }));
  expect(data).toEqual({
    books: [{ title: 'Emma', price: 1 }],
    cheapest: null,
    __schema: { queryType: { name: 'Query' } },
  });
  expect(errors).toMatchObject([
    { message: 'boom', path: ['cheapest'], extensions: { service: 'prices' } },
  ]);
});

test('requests to subgraphs are signed, and carry the headers that the team sends along', async () => {
  await using federation = await start();
  const gateway = createGateway<Context>({
    supergraph: federation.supergraph,
    signingSecret: TEST_SECRET,
    headers: ({ token }, subgraph) => ({ authorization: `${token} for ${subgraph}` }),
  });
  await using served = await serve(gateway);
  const body = JSON.stringify({ query: '{ books { title } }' });
  await postGraphql(served.url, body, { authorization: 'token 7' });
  const [asked] = federation.requests;
  expect(asked?.headers).toMatchObject({ authorization: 'token 7 for books' });
  const verdict = verifyRequest(TEST_SECRET, 'books', { ...asked?.headers }, asked?.body ?? '');
  expect(verdict).toMatchObject({ accepted: true, caller: { viewer: { kind: 'guest' } } });
});

test('a supergraph may come as a file, as text, or from one of @apollo/gateway’s sources', async () => {
  await using federation = await start();
  const sdl = await readFile(federation.supergraph, 'utf8');
  const subgraphs = [...sdl.matchAll(/name: "(\w+)", url: "([^"]+)"/g)].map(([, name, url]) => ({
    name: name ?? '',
    url: url ?? '',
  }));
  const sources = [federation.supergraph, sdl, new IntrospectAndCompose({ subgraphs })];
  for (const supergraph of sources) {
    await using served = await serve(createGateway<Context>({ supergraph }));
    const body = JSON.stringify({ query: '{ books { price } }' });
    expect((await postGraphql(served.url, body)).data).toEqual({ books: [{ price: 1 }] });
  }
});

test('@defer comes by parts with the plugin, and without it is refused with the cure', async () => {
  await using federation = await start();
  const body = JSON.stringify({ query: '{ books { title ... @defer { price } } }' });
  const ask = async (url: string) => {
    const response = await request(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'multipart/mixed;deferSpec=20220824, application/json',
      },
      body,
    });
    return { type: String(response.headers['content-type']), text: await response.body.text() };
  };
  await using withPlugin = await serve(gatewayOf(federation));
  const deferred = await ask(withPlugin.url);
  expect(deferred.type).toContain('multipart/mixed');
  expect(deferred.text).toContain('{"data":{"books":[{"title":"Emma"}]},"hasNext":true}');
  expect(deferred.text).toContain('"data":{"price":1}');
  expect(deferred.text).toContain('"path":["books",0]');

  await using without = await serve(gatewayOf(federation), []);
  expect((await ask(without.url)).text).toContain('incrementalDelivery');
});
