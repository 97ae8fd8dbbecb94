import { fastify } from 'fastify';
import { withCleanup } from '../kit/cleanup.ts';
import type { Data } from '../kit/http.ts';

/** A request as Stripe's client sent it. */
export interface StripeCall {
  readonly method: string;
  readonly path: string;
  readonly key: string | undefined;
  readonly authorization: string | undefined;
  /** The form's fields, such as `metadata[emporium_order]`. */
  readonly form: Readonly<Record<string, string>>;
}

type Answer = { readonly status: number; readonly body: object } | 'silence';

/**
 * The calls of Stripe's API that the adapter makes, with Stripe's rules for keys: the first answer
 * under a key is given again, to another request 400, while the first is under way 409.
 */
export interface StripeDouble extends AsyncDisposable {
  readonly url: string;
  readonly calls: StripeCall[];
  /** By payment method: what comes of confirming it. */
  readonly outcomes: Map<string, Data>;
  readonly intents: Map<string, Data>;
  readonly refunds: Data[];
  /** Forgets all keys, as Stripe does after a day. */
  readonly forgetKeys: () => void;
  /** Answers the next call so, before or after it took effect. */
  readonly failNext: (answer: Answer, when: 'before' | 'after') => void;
}

const cardError = (message: string) => ({
  error: { type: 'card_error', code: 'card_declined', message },
});

export const startStripeDouble = (): Promise<StripeDouble> =>
  withCleanup(async ({ defer }) => {
    const calls: StripeCall[] = [];
    const outcomes = new Map<string, Data>();
    const intents = new Map<string, Data>();
    const refunds: Data[] = [];
    const keys = new Map<string, { form: string; answer: Exclude<Answer, 'silence'> }>();
    const faults: { answer: Answer; when: 'before' | 'after' }[] = [];

    const createIntent = (form: Record<string, string>): Exclude<Answer, 'silence'> => {
      const outcome = outcomes.get(form['payment_method'] ?? '') ?? { status: 'succeeded' };
      if (outcome.error !== undefined) return { status: outcome.code, body: outcome };
      const id = `pi_${intents.size + 1}`;
      const intent = {
        id,
        object: 'payment_intent',
        amount: Number(form['amount']),
        currency: form['currency'],
        metadata: { emporium_order: form['metadata[emporium_order]'] },
        last_payment_error: null,
        ...outcome,
      };
      intents.set(id, intent);
      if (intent.status !== 'requires_payment_method') return { status: 200, body: intent };
      const { message } = intent.last_payment_error;
      return { status: 402, body: cardError(message) };
    };
    const createRefund = (form: Record<string, string>): Exclude<Answer, 'silence'> => {
      const refund = {
        id: `re_${refunds.length + 1}`,
        object: 'refund',
        status: 'succeeded',
        amount: Number(form['amount']),
        payment_intent: form['payment_intent'],
        metadata: { emporium_refund: form['metadata[emporium_refund]'] },
      };
      refunds.push(refund);
      return { status: 200, body: refund };
    };
    const list = (data: Data[]): Exclude<Answer, 'silence'> => ({
      status: 200,
      body: { object: 'list', has_more: false, data },
    });

    const answerTo = (
      method: string,
      path: string,
      form: Record<string, string>,
      query: Record<string, string>,
    ): Exclude<Answer, 'silence'> => {
      if (method === 'POST' && path === '/v1/payment_intents') return createIntent(form);
      if (method === 'POST' && path === '/v1/refunds') return createRefund(form);
      if (path === '/v1/payment_intents/search') {
        const [, order] = /^metadata\['emporium_order'\]:'(.*)'$/.exec(query['query'] ?? '') ?? [];
        return list([...intents.values()].filter((each) => each.metadata.emporium_order === order));
      }
      if (path === '/v1/refunds') {
        return list(refunds.filter((each) => each.payment_intent === query['payment_intent']));
      }
      const [, id = '', action] = /^\/v1\/payment_intents\/(\w+)(\/cancel)?$/.exec(path) ?? [];
      const intent = intents.get(id);
      if (intent === undefined)
        return {
          status: 404,
          body: { error: { type: 'invalid_request_error', message: 'No such thing.' } },
        };
      if (action !== undefined) intents.set(id, { ...intent, status: 'canceled' });
      return { status: 200, body: intents.get(id) };
    };
    const underKey = (
      key: string | undefined,
      form: Record<string, string>,
      work: () => Exclude<Answer, 'silence'>,
    ): Exclude<Answer, 'silence'> => {
      if (key === undefined) return work();
      const before = keys.get(key);
      const text = JSON.stringify(form);
      if (before === undefined) {
        const answer = work();
        keys.set(key, { form: text, answer });
        return answer;
      }
      if (before.form === text) return before.answer;
      return {
        status: 400,
        body: { error: { type: 'idempotency_error', message: 'Other body.' } },
      };
    };

    const server = fastify({ forceCloseConnections: true });
    server.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
    );
    server.all('/*', async (request, reply) => {
      const { method, headers } = request;
      const { pathname, searchParams } = new URL(request.url, 'http://stripe');
      const form = Object(request.body ?? {}) as Record<string, string>;
      const key = headers['idempotency-key'];
      calls.push({
        method,
        path: pathname,
        key: typeof key === 'string' ? key : undefined,
        authorization: headers.authorization,
        form,
      });
      const fault = faults.shift();
      const work = () =>
        underKey(typeof key === 'string' && method === 'POST' ? key : undefined, form, () =>
          answerTo(method, pathname, form, Object.fromEntries(searchParams)),
        );
      const answer = fault?.when === 'before' ? fault.answer : work();
      const given = fault?.answer ?? answer;
      if (given === 'silence') return new Promise(() => {});
      return reply.code(given.status).send(given.body);
    });
    const url = await server.listen({ host: '127.0.0.1', port: 0 });
    defer(() => server.close());
    return {
      url,
      calls,
      outcomes,
      intents,
      refunds,
      forgetKeys: () => keys.clear(),
      failNext: (answer, when) => void faults.push({ answer, when }),
    };
  });
