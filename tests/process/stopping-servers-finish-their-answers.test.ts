import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type FastifyInstance, fastify } from 'fastify';
import { expect, test } from 'vitest';
import { prepareDrain } from '../../process/drain.ts';
import { createGate } from '../kit/gate.ts';

/** More than the buffers of two sockets hold. */
const LARGE = 'x'.repeat(16 * 1024 * 1024);

const startServer = async (routes: (server: FastifyInstance) => void) => {
  const server = fastify({ forceCloseConnections: 'idle', logger: false });
  routes(server);
  const drain = prepareDrain(server);
  return { url: await server.listen({ host: '127.0.0.1', port: 0 }), drain };
};

const request = async (url: string, agent: Agent): Promise<IncomingMessage> => {
  const [response] = await once(get(url, { agent }), 'response');
  return response;
};

const lengthOf = async (response: IncomingMessage): Promise<number> => {
  let length = 0;
  for await (const chunk of response) length += chunk.length;
  return length;
};

test('an answer that its client has not read yet is not cut off', async () => {
  const { url, drain } = await startServer((server) => server.get('/', async () => LARGE));
  const agent = new Agent({ keepAlive: true });
  const response = await request(url, agent);
  const drained = drain();
  await pause(300);
  expect(await lengthOf(response)).toBe(LARGE.length);
  await drained;
  agent.destroy();
});

test('a connection is closed behind the answer that was begun before the stop', async () => {
  const asked = createGate();
  const mayAnswer = createGate();
  const { url, drain } = await startServer((server) =>
    server.get('/', async () => {
      asked.open();
      await mayAnswer.passed;
      return 'done';
    }),
  );
  const agent = new Agent({ keepAlive: true });
  const answered = request(url, agent);
  await asked.passed;
  const drained = drain();
  mayAnswer.open();
  const response = await answered;
  expect(response.headers.connection).toBe('close');
  expect(await lengthOf(response)).toBe(4);
  await drained;
  agent.destroy();
});

test('connections without a request hold nobody', async () => {
  const { url, drain } = await startServer((server) => server.get('/', async () => 'done'));
  const silent = connect(Number(new URL(url).port), '127.0.0.1');
  await once(silent, 'connect');
  const agent = new Agent({ keepAlive: true });
  expect(await lengthOf(await request(url, agent))).toBe(4);
  await drain();
  silent.destroy();
  agent.destroy();
});

test('who is connected to a server that retires may ask once more, and nobody new is let in', async () => {
  const { url, drain } = await startServer((server) => server.get('/', async () => 'done'));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await lengthOf(await request(url, agent))).toBe(4);
  // It is over as soon as nobody is connected, long before that.
  const drained = drain(3_600_000);
  await expect(request(url, new Agent())).rejects.toThrow('ECONNREFUSED');
  const last = await request(url, agent);
  expect([last.statusCode, last.headers.connection]).toEqual([200, 'close']);
  expect(await lengthOf(last)).toBe(4);
  await drained;
  agent.destroy();
});

test('what is still under way when a server has retired is finished', async () => {
  const asked = createGate();
  const mayAnswer = createGate();
  const { url, drain } = await startServer((server) =>
    server.get('/', async () => {
      asked.open();
      await mayAnswer.passed;
      return 'done';
    }),
  );
  const answered = request(url, new Agent());
  await asked.passed;
  const drained = drain(1);
  await pause(100);
  mayAnswer.open();
  expect(await lengthOf(await answered)).toBe(4);
  await drained;
});
