import { timingSafeEqual } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { type ChargeRequest, paymentsKey, type RefundRequest } from '../contract/payments.ts';
import { prepareDrain } from '../process/drain.ts';
import type { Running } from '../process/lifecycle.ts';
import type { Logger } from '../process/log.ts';
import { cardOf, declineReason } from './cards.ts';
import { type Ledger, openLedger, type Written } from './ledger.ts';
import type { PaymentsSettings } from './settings.ts';

const KEY = { type: 'string', minLength: 1, maxLength: 255 } as const;
const AMOUNT = { type: 'string', pattern: '^[1-9][0-9]{0,17}$' } as const;

const CHARGE_SCHEMA = {
  type: 'object',
  required: ['idempotencyKey', 'orderId', 'amount', 'currencyCode', 'method'],
  properties: {
    idempotencyKey: KEY,
    orderId: KEY,
    amount: AMOUNT,
    currencyCode: { type: 'string', pattern: '^[A-Z]{3}$' },
    method: { type: 'string', minLength: 1, maxLength: 255 },
  },
} as const;

const REFUND_SCHEMA = {
  type: 'object',
  required: ['idempotencyKey', 'paymentId', 'amount'],
  properties: { idempotencyKey: KEY, paymentId: KEY, amount: AMOUNT },
} as const;

/**
 * Starts the test payment provider: a stand-in for a real one, with a ledger of its own. It is asked
 * by the cart alone (contract/payments.ts).
 */
export const startPayments = async (settings: PaymentsSettings, log: Logger): Promise<Running> => {
  const ledger = openLedger(settings.databaseUrl);
  const server = fastify({ forceCloseConnections: 'idle', logger: false });
  server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error }, 'unexpected error');
    return reply.code(status).send({ message: status >= 500 ? 'It failed.' : error.message });
  });
  server.get('/health', async () => ({ status: 'up' }));
  server.get('/ready', async (_request, reply) => {
    try {
      await ledger.ping();
      return { status: 'ready' };
    } catch (error) {
      log.warn({ err: error }, 'not ready');
      return reply.code(503).send({ status: 'not ready' });
    }
  });
  await server.register(async (scope) => {
    requireKey(scope, paymentsKey(settings.signingSecret));
    serveLedger(scope, ledger, settings.slowCardMs);
  });
  const drain = prepareDrain(server);
  const url = await server.listen({ host: settings.host, port: settings.port });
  return {
    url,
    stop: async (idleGraceMs) => {
      await drain(idleGraceMs);
      await ledger.close();
    },
  };
};

const requireKey = (server: FastifyInstance, key: string): void => {
  const expected = Buffer.from(`Bearer ${key}`);
  server.addHook('onRequest', async ({ headers }: FastifyRequest, reply) => {
    const given = Buffer.from(headers.authorization ?? '');
    if (given.length === expected.length && timingSafeEqual(given, expected)) return;
    return reply.code(401).send({ message: 'Only the cart is answered.' });
  });
};

const serveLedger = (server: FastifyInstance, ledger: Ledger, slowCardMs: number): void => {
  server.post<{ Body: ChargeRequest }>(
    '/charges',
    { schema: { body: CHARGE_SCHEMA } },
    async ({ body }, reply) => {
      const card = cardOf(body.method);
      if (card === 'card_fails_before_charging') {
        if (await ledger.isFirstFailure(body.idempotencyKey)) return fail(reply);
      }
      const written = await ledger.charge(body, declineReason(card));
      if (written.kind === 'written' && written.isNew) {
        if (card === 'card_slow') await sleep(slowCardMs);
        if (card === 'card_fails_after_charging') return fail(reply);
      }
      return answer(reply, written);
    },
  );

  server.get<{ Params: { key: string } }>('/charges/:key', async ({ params }, reply) => {
    const charge = await ledger.chargeUnder(params.key);
    return charge ?? reply.code(404).send({ message: 'Nothing was charged under that key.' });
  });

  server.post<{ Body: RefundRequest }>(
    '/refunds',
    { schema: { body: REFUND_SCHEMA } },
    async ({ body }, reply) => answer(reply, await ledger.refund(body)),
  );
};

const answer = (reply: FastifyReply, written: Written<object>) =>
  written.kind === 'written'
    ? written.answer
    : reply.code(409).send({ message: 'The key was used for another request.' });

const fail = (reply: FastifyReply) => reply.code(500).send({ message: 'It failed.' });
