import type pg from 'pg';
import { request } from 'undici';
import { paymentsKey } from '../../contract/payments.ts';
import { startPayments } from '../../payments/server.ts';
import { createLog } from '../../process/log.ts';
import { withCleanup } from '../kit/cleanup.ts';
import { clonePayments, openPool } from '../kit/database.ts';
import type { Data } from '../kit/http.ts';
import { startProcess, type TestProcess } from '../kit/processes.ts';
import { TEST_SECRET } from '../kit/secret.ts';

/** A test payment provider with a ledger of its own. */
export interface TestPayments extends AsyncDisposable {
  readonly url: string;
  /** The ledger, to look. */
  readonly pool: pg.Pool;
}

export const startTestPayments = (slowCardMs = 0): Promise<TestPayments> =>
  withCleanup(async ({ use, defer }) => {
    const { url: databaseUrl } = use(await clonePayments());
    const pool = openPool(databaseUrl);
    defer(() => pool.end());
    const settings = {
      logLevel: 'silent' as const,
      host: '127.0.0.1',
      port: 0,
      signingSecret: TEST_SECRET,
      databaseUrl,
      slowCardMs,
    };
    const { url, stop } = await startPayments(settings, createLog('payments', 'silent'));
    defer(stop);
    return { url, pool };
  });

/** The process that the launcher starts. */
export const startPaymentsProcess = (databaseUrl: string): Promise<TestProcess> =>
  startProcess('payments/main.js', {
    PORT: '0',
    SIGNING_SECRET: TEST_SECRET,
    DATABASE_URL_PAYMENTS: databaseUrl,
  });

export interface Answered {
  readonly status: number;
  readonly answer: Data;
}

const BEARER = { authorization: `Bearer ${paymentsKey(TEST_SECRET)}` };

export const ask = async (
  url: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = BEARER,
): Promise<Answered> => {
  const response = await request(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: response.statusCode, answer: await response.body.json() };
};

/** A charge of 19.90 EUR under the key `order_1`, or what is changed of it. */
export const charge = (url: string, change: object = {}): Promise<Answered> =>
  ask(url, '/charges', {
    idempotencyKey: 'order_1',
    orderId: 'order_1',
    amount: '1990',
    currencyCode: 'EUR',
    method: 'card_approved',
    ...change,
  });
