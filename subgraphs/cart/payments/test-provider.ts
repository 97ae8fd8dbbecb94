import { Agent } from 'undici';
import {
  type ChargeAnswer,
  type ChargeRequest,
  paymentsKey,
  type RefundAnswer,
  type RefundRequest,
} from '../../../contract/payments.ts';
import { type PaymentProvider, PaymentUnknown } from './provider.ts';

export interface TestProviderSettings {
  /** Where it is asked, without a slash at the end. */
  readonly url: string;
  readonly signingSecret: string;
  /** How long an answer may take, in milliseconds. */
  readonly timeoutMs?: number;
}

interface Answer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** The market's own test payment provider: a process with a ledger of its own (`payments/`). */
export const createTestProvider = ({
  url,
  signingSecret,
  timeoutMs = 5_000,
}: TestProviderSettings): PaymentProvider => {
  const agent = new Agent({ connect: { timeout: 2_000 } });
  const headers = {
    authorization: `Bearer ${paymentsKey(signingSecret)}`,
    'content-type': 'application/json',
  };

  /** @param body posted where it is given */
  const ask = async <Body>(path: string, body?: object): Promise<Answer<Body>> => {
    try {
      const answer = await agent.request({
        origin: url,
        path,
        method: body === undefined ? 'GET' : 'POST',
        headers,
        body: body === undefined ? null : JSON.stringify(body),
        signal: AbortSignal.timeout(timeoutMs),
      });
      // Its shape is agreed on where the status is 200, and not looked at elsewhere.
      return { status: answer.statusCode, body: (await answer.body.json()) as Body };
    } catch (error) {
      throw new PaymentUnknown('The payment provider did not answer.', { cause: error });
    }
  };
  const known = <Body>({ status, body }: Answer<Body>): Body => {
    if (status === 200) return body;
    throw new PaymentUnknown(`The payment provider answered with ${status}.`);
  };

  return {
    charge: async ({ orderId, amount, method, idempotencyKey }) => {
      const request: ChargeRequest = {
        idempotencyKey,
        orderId,
        amount: String(amount.minorUnits),
        currencyCode: amount.currencyCode,
        method,
      };
      return known(await ask<ChargeAnswer>('/charges', request));
    },
    find: async (idempotencyKey) => {
      const answer = await ask<ChargeAnswer>(`/charges/${encodeURIComponent(idempotencyKey)}`);
      return answer.status === 404 ? null : known(answer);
    },
    refund: async ({ paymentId, amount, idempotencyKey }) => {
      const request: RefundRequest = {
        idempotencyKey,
        paymentId,
        amount: String(amount.minorUnits),
      };
      const answer = known(await ask<RefundAnswer>('/refunds', request));
      if (answer.outcome === 'refused') throw new PaymentUnknown(answer.reason);
    },
    close: () => agent.close(),
  };
};
