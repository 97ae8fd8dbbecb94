import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { CONNECTION_INIT_TEXT, operationText, verifyRequest } from '../../../contract/signature.ts';
import type { Data } from '../../kit/http.ts';
import { TEST_SECRET } from '../../kit/secret.ts';
import { CALLER, startServer, startSubscriber } from './arrange.ts';

const ACCEPTED = { accepted: true, caller: CALLER };

test('over SSE, as every request is', async () => {
  const verdicts: unknown[] = [];
  await using server = await startServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    verdicts.push(verifyRequest(TEST_SECRET, 'vault', request.headers, body));
    response.end('{"data":null}');
  });
  await using router = await startSubscriber(`http://127.0.0.1:${server.port}/graphql`);
  await router.subscribe().next();
  expect(verdicts).toEqual([ACCEPTED]);
});

test('over a WebSocket, the connection and the operation by themselves', async () => {
  await using server = await startServer();
  const sockets = new WebSocketServer({ server: server.server });
  await using router = await startSubscriber(`ws://127.0.0.1:${server.port}/graphql`);
  const events = router.subscribe('subscription { count } # ü');
  const ended = events.next();
  const [socket] = await once(sockets, 'connection');
  const read = async (): Promise<Data> => JSON.parse(String((await once(socket, 'message'))[0]));

  const verify = (headers: Data, text: string) =>
    verifyRequest(TEST_SECRET, 'vault', headers, text);
  const init = await read();
  expect(verify(init.payload, CONNECTION_INIT_TEXT)).toEqual(ACCEPTED);

  socket.send('{"type":"connection_ack"}');
  const { payload } = await read();
  expect(payload.query).toBe('subscription { count } # ü');
  expect(verify(payload.extensions, operationText(payload))).toEqual(ACCEPTED);
  const other = { ...payload, query: 'subscription { other }' };
  expect(verify(payload.extensions, operationText(other))).toMatchObject({ refusal: 'forged' });
  expect(verify(init.payload, operationText(payload))).toMatchObject({ refusal: 'forged' });

  socket.send('{"id":"1","type":"complete"}');
  expect((await ended).done).toBe(true);
});

test('by a router without a key, not at all', async () => {
  await using server = await startServer((request, response) => {
    const names = Object.keys(request.headers).filter((name) => name.startsWith('emporium-'));
    response.end(JSON.stringify({ data: { names } }));
  });
  await using router = await startSubscriber(`http://127.0.0.1:${server.port}/graphql`, {
    signingSecret: null,
  });
  expect((await router.subscribe().next()).value).toEqual({ data: { names: [] } });
});
