import type { FastifyInstance } from 'fastify';
import Stripe from 'stripe';
import type { Logger } from '../../../process/log.ts';
import { type Charged, type PaymentProvider, PaymentUnknown } from './provider.ts';
import type { Webhooks } from './webhooks.ts';

export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Null is Stripe's own. */
  readonly apiUrl: string | null;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs?: number;
}

type Settings = Omit<StripeSettings, 'webhookSecret'>;

/** What is found again of a charge or a refund when Stripe has forgotten its key, after 24 hours. */
const ORDER = 'emporium_order';
const REFUND = 'emporium_refund';

const clientOf = ({ secretKey, apiUrl, timeoutMs = 10_000 }: Settings): Stripe => {
  const url = apiUrl === null ? null : new URL(apiUrl);
  const isPlain = url?.protocol === 'http:';
  return new Stripe(secretKey, {
    // The sweeper asks again, under the same key.
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
    ...(url !== null && {
      host: url.hostname,
      port: url.port === '' ? (isPlain ? 80 : 443) : url.port,
      protocol: isPlain ? 'http' : 'https',
    }),
  });
};

/** Stripe, by its own client: a PaymentIntent an order, created and confirmed in one call. */
export const createStripe = (settings: Settings): PaymentProvider => {
  const stripe = clientOf(settings);
  return {
    charge: async ({ orderId, amount, method, idempotencyKey }) => {
      const intent = await stripe.paymentIntents
        .create(
          {
            amount: Number(amount.minorUnits),
            currency: amount.currencyCode.toLowerCase(),
            payment_method: method,
            confirm: true,
            // Nobody is there to be sent to a bank's page.
            automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
            metadata: { [ORDER]: orderId },
          },
          { idempotencyKey },
        )
        .catch(refusalOf);
      return 'outcome' in intent ? intent : outcomeOf(stripe, intent);
    },

    find: async (idempotencyKey) => {
      const query = `metadata['${ORDER}']:'${idempotencyKey}'`;
      const { data } = await stripe.paymentIntents.search({ query, limit: 1 }).catch(giveUp);
      const [intent] = data;
      return intent === undefined ? null : outcomeOf(stripe, intent);
    },

    refund: async ({ paymentId, amount, idempotencyKey }) => {
      const before = await findRefund(stripe, paymentId, idempotencyKey).catch(giveUp);
      const refund =
        before ??
        (await stripe.refunds
          .create(
            {
              payment_intent: paymentId,
              amount: Number(amount.minorUnits),
              metadata: { [REFUND]: idempotencyKey },
            },
            { idempotencyKey },
          )
          .catch(giveUp));
      if (refund.status === 'failed' || refund.status === 'canceled') {
        throw new PaymentUnknown(`The refund ${refund.id} is ${refund.status}.`);
      }
    },

    close: async () => {},
  };
};

const CONFIRMATION = 'Your bank asks for a confirmation, which is not possible here.';
const DECLINED = 'The card was declined.';

/**
 * An answer under a key that was used before is the first answer again, so anything but success is
 * looked up as it is now.
 */
const outcomeOf = async (stripe: Stripe, answered: Stripe.PaymentIntent): Promise<Charged> => {
  if (answered.status === 'succeeded') return { outcome: 'approved', paymentId: answered.id };
  const intent = await stripe.paymentIntents.retrieve(answered.id).catch(giveUp);
  switch (intent.status) {
    case 'succeeded':
      return { outcome: 'approved', paymentId: intent.id };
    case 'requires_action':
      await stripe.paymentIntents.cancel(intent.id).catch(giveUp);
      return { outcome: 'declined', reason: CONFIRMATION };
    case 'requires_payment_method':
    case 'canceled':
      return { outcome: 'declined', reason: intent.last_payment_error?.message ?? DECLINED };
    case 'processing':
    case 'requires_capture':
    case 'requires_confirmation':
      throw new PaymentUnknown(`The payment ${intent.id} is ${intent.status}.`);
    default:
      throw new PaymentUnknown(`The payment ${intent.id} is in a state of its own.`);
  }
};

/** @throws PaymentUnknown where the error does not say that nothing was taken */
const refusalOf = (error: unknown): Charged => {
  if (error instanceof Stripe.errors.StripeCardError) {
    return { outcome: 'declined', reason: error.message };
  }
  // A conflict of keys (409) is of this class too, and says nothing about the other request.
  if (error instanceof Stripe.errors.StripeInvalidRequestError && error.statusCode !== 409) {
    return { outcome: 'declined', reason: 'That cannot be used to pay.' };
  }
  return giveUp(error);
};

const giveUp = (error: unknown): never => {
  throw new PaymentUnknown('Stripe did not say what happened.', { cause: error });
};

const findRefund = async (
  stripe: Stripe,
  paymentId: string,
  idempotencyKey: string,
): Promise<Stripe.Refund | null> => {
  for await (const refund of stripe.refunds.list({ payment_intent: paymentId, limit: 100 })) {
    if (refund.metadata?.[REFUND] === idempotencyKey) return refund;
  }
  return null;
};

/** `POST /webhooks/stripe`: what Stripe tells by itself, where it signed it. */
export const stripeWebhooks =
  (settings: StripeSettings, log: Logger): Webhooks =>
  (events) =>
  (server: FastifyInstance) => {
    const stripe = clientOf(settings);
    const read = (body: Buffer, signature: string): Stripe.Event | null => {
      try {
        return stripe.webhooks.constructEvent(body, signature, settings.webhookSecret);
      } catch (error) {
        log.warn({ err: error }, 'a webhook was refused');
        return null;
      }
    };
    void server.register(async (scope) => {
      // The signature is over the bytes.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        '*',
        { parseAs: 'buffer' },
        async (_request: unknown, body: Buffer) => body,
      );
      scope.post<{ Body: Buffer }>('/webhooks/stripe', async ({ body, headers }, reply) => {
        const event = read(body, String(headers['stripe-signature'] ?? ''));
        if (event === null) return reply.code(400).send({ received: false });
        const orderId = orderOf(event);
        if (orderId !== null) await events.noteEvent(event.id, orderId);
        return { received: true };
      });
    });
  };

const orderOf = ({ data: { object } }: Stripe.Event): string | null => {
  const { metadata }: { readonly metadata?: Readonly<Record<string, unknown>> | null } =
    Object(object);
  const orderId = metadata?.[ORDER];
  return typeof orderId === 'string' ? orderId : null;
};
