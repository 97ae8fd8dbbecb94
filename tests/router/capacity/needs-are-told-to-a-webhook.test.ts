import { once } from 'node:events';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { verifyRequest } from '../../../contract/signature.ts';
import { CAPACITY_AUDIENCE, type CapacityMessage } from '../../../router/capacity/webhook.ts';
import { readRouterSettings } from '../../../router/settings.ts';
import { withCleanup } from '../../kit/cleanup.ts';
import { startSmallFederation } from '../../kit/federation.ts';
import { createGate } from '../../kit/gate.ts';
import { startTestRouter } from '../../kit/router.ts';
import { TEST_SECRET } from '../../kit/secret.ts';
import { startServer } from '../transport/arrange.ts';

/** Hears the webhook; the first `deaf` messages get no answer. */
const startListener = (deaf = 0) =>
  withCleanup(async ({ use }) => {
    let heard = 0;
    const { server, port } = use(
      await startServer(async (incoming, response) => {
        const body = Buffer.concat(await incoming.toArray());
        heard += 1;
        if (heard <= deaf) return incoming.socket.destroy();
        response.writeHead(204).end();
        const { accepted } = verifyRequest(TEST_SECRET, CAPACITY_AUDIENCE, incoming.headers, body);
        return server.emit('message', accepted, JSON.parse(body.toString()));
      }),
    );
    const until = async (is: (message: CapacityMessage) => boolean): Promise<CapacityMessage> => {
      for (;;) {
        const [accepted, message] = await once(server, 'message');
        expect(accepted).toBe(true);
        if (is(message)) return message;
      }
    };
    return { url: `http://127.0.0.1:${port}/`, until };
  });

test('calls and streams under way are told, signed and by subgraph, also after one was lost', async () => {
  await using webhook = await startListener(1);
  const asked = createGate();
  const mayAnswer = createGate();
  const now = async () => {
    asked.open();
    await mayAnswer.passed;
    return 1;
  };
  await using federation = await startSmallFederation({
    clock: { sdl: 'type Query { now: Int }', resolvers: { Query: { now } } },
    media: { sdl: 'type Query { films: Int }' },
  });
  await using films = await startServer((_request, response) => void response.write('begun'));
  await using router = await startTestRouter({
    supergraph: federation.supergraph,
    capacityWebhookUrl: webhook.url,
    capacityTarget: { others: 4, named: { media: 1 } },
    passThrough: { '/media': [`http://127.0.0.1:${films.port}`] },
  });
  const answered = router.query('{ now }');
  const streams = [1, 2, 3].map(() => request(`${router.url}/media/film`));
  await asked.passed;
  const opened = await Promise.all(streams);
  const { needs } = await webhook.until(
    (message) => message.needs['media'] === 3 && message.needs['clock'] === 0.25,
  );
  expect(needs).toEqual({ clock: 0.25, media: 3 });
  mayAnswer.open();
  expect((await answered).data).toEqual({ now: 1 });
  for (const { body } of opened) body.on('error', () => {}).destroy();
});

test('a webhook without a secret is refused, as is a target that is none', () => {
  const CAPACITY_WEBHOOK_URL = 'http://127.0.0.1:1/';
  expect(() => readRouterSettings({ CAPACITY_WEBHOOK_URL })).toThrow('set SIGNING_SECRET too');
  expect(() => readRouterSettings({ CAPACITY_TARGET: 'media=0' })).toThrow(
    'CAPACITY_TARGET: "media=0" is neither a number above 0 nor name=number',
  );
  expect(readRouterSettings({ CAPACITY_TARGET: '8,Media=2' }).capacityTarget).toEqual({
    others: 8,
    named: { media: 2 },
  });
});
