import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { type Behaviour, holds, startShop } from './shop.ts';

/** A client that asks, and can leave. */
const startClient = (url: string, query: string, headers: Record<string, string> = {}) => {
  const { hostname, port } = new URL(url);
  const body = JSON.stringify({ query });
  const socket = connect(Number(port), hostname);
  const lines = Object.entries({
    host: hostname,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /graphql HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
  return {
    leave: () => void socket.destroy(),
    answer: once(socket, 'data').then(([chunk]) => String(chunk)),
  };
};

/** Holds every request, and counts those whose connection the router has closed. */
const watching = () => {
  const seen = { given: 0, up: 0 };
  const behaviour: Behaviour = (request, response) => {
    seen.given += 1;
    response.once('close', () => {
      seen.up += 1;
    });
    holds(request, response);
  };
  return { seen, behaviour };
};

test('a client that leaves takes its queries along', async () => {
  const { seen, behaviour } = watching();
  await using shop = await startShop([behaviour]);
  const client = startClient(shop.router.url, '{ stock }');
  client.answer.catch(() => {});
  await expect.poll(() => seen.given).toBe(1);
  client.leave();
  await expect.poll(() => seen.up).toBe(1);
});

test('a change is done to the end', async () => {
  const { seen, behaviour } = watching();
  await using shop = await startShop([behaviour], { subgraphTimeoutMs: 1_000 });
  const client = startClient(shop.router.url, 'mutation { sell }');
  client.answer.catch(() => {});
  await expect.poll(() => seen.given).toBe(1);
  client.leave();
  // A query that another client takes along shows that the router has seen who left.
  const other = startClient(shop.router.url, '{ stock }');
  other.answer.catch(() => {});
  await expect.poll(() => seen.given).toBe(2);
  other.leave();
  await expect.poll(() => seen.up).toBe(1);
  expect(seen.given).toBe(2);
});

test('what two wait for goes on when one of them leaves', async () => {
  const held: (() => void)[] = [];
  const seen = { up: 0 };
  await using shop = await startShop([
    (_request, response) => {
      response.once('close', () => {
        seen.up += 1;
      });
      held.push(() => response.end('{"data":{"stock":7}}'));
    },
  ]);
  const [one, other] = [1, 2].map(() => startClient(shop.router.url, '{ stock }'));
  one?.answer.catch(() => {});
  await expect.poll(() => held.length).toBe(1);
  // The second one has joined when the router has answered something that was sent after it.
  await shop.router.query('{ __typename }');
  one?.leave();
  await shop.router.query('{ __typename }');
  for (const answer of held) answer();
  expect(await other?.answer).toContain('{"data":{"stock":7}}');
  expect(shop.counts()).toEqual([1]);
});

test('nobody shares with another viewer', async () => {
  await using shop = await startShop([
    (_request, response) => void setTimeout(() => response.end('{"data":{"stock":7}}'), 50),
  ]);
  await Promise.all([
    shop.router.query('{ stock }', { user: 'user_1' }),
    shop.router.query('{ stock }', { user: 'user_1' }),
    shop.router.query('{ stock }', { user: 'user_2' }),
  ]);
  expect(shop.counts()).toEqual([2]);
});
