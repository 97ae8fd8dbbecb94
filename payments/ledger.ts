import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type {
  ChargeAnswer,
  ChargeRequest,
  RefundAnswer,
  RefundRequest,
} from '../contract/payments.ts';

/** What came of writing something under a key. */
export type Written<Answer> =
  /** `isNew`: this very request wrote it, and none before. */
  | { readonly kind: 'written'; readonly isNew: boolean; readonly answer: Answer }
  /** The key was used for something else. */
  | { readonly kind: 'key reused' };

/** What was charged and refunded; only ever added to. */
export interface Ledger {
  /** @param declined why nothing is charged; null where it is */
  readonly charge: (
    request: ChargeRequest,
    declined: string | null,
  ) => Promise<Written<ChargeAnswer>>;
  readonly chargeUnder: (idempotencyKey: string) => Promise<ChargeAnswer | null>;
  readonly refund: (request: RefundRequest) => Promise<Written<RefundAnswer>>;
  /** Whether this is the first attempt under that key to be let fail. */
  readonly isFirstFailure: (idempotencyKey: string) => Promise<boolean>;
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface ChargeRow {
  readonly id: string;
  readonly order_id: string;
  readonly amount: string;
  readonly currency_code: string;
  readonly method: string;
  readonly declined: string | null;
}

interface RefundRow {
  readonly id: string;
  readonly charge_id: string;
  readonly amount: string;
}

const CHECK_VIOLATION = '23514';

/** Opens connections lazily: that the server is there is what `ping` is for. */
export const openLedger = (url: string): Ledger => {
  const pool = new pg.Pool({
    connectionString: url,
    max: 8,
    connectionTimeoutMillis: 3_000,
    statement_timeout: 10_000,
  });
  // A connection that breaks while idle is replaced; unheard, the event would end the process.
  pool.on('error', () => {});

  const chargeRow = async (idempotencyKey: string): Promise<ChargeRow | undefined> => {
    const sql = 'SELECT * FROM charges WHERE idempotency_key = $1';
    return (await pool.query<ChargeRow>(sql, [idempotencyKey])).rows[0];
  };
  const refundRow = async (idempotencyKey: string): Promise<RefundRow | undefined> => {
    const sql = 'SELECT * FROM refunds WHERE idempotency_key = $1';
    return (await pool.query<RefundRow>(sql, [idempotencyKey])).rows[0];
  };

  return {
    charge: async (request, declined) => {
      const { idempotencyKey, orderId, amount, currencyCode, method } = request;
      const { rowCount } = await pool.query(
        `INSERT INTO charges (id, idempotency_key, order_id, amount, currency_code, method, declined)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (idempotency_key) DO NOTHING`,
        [
          `payment_${randomUUID()}`,
          idempotencyKey,
          orderId,
          amount,
          currencyCode,
          method,
          declined,
        ],
      );
      const row = await chargeRow(idempotencyKey);
      if (row === undefined || !isOf(row, request)) return { kind: 'key reused' };
      return { kind: 'written', isNew: rowCount === 1, answer: chargeAnswer(row) };
    },

    chargeUnder: async (idempotencyKey) => {
      const row = await chargeRow(idempotencyKey);
      return row === undefined ? null : chargeAnswer(row);
    },

    refund: async ({ idempotencyKey, paymentId, amount }) => {
      const isBounded = await pool
        .query(
          `INSERT INTO refunds (id, idempotency_key, charge_id, amount)
           SELECT $1, $2, $3, $4::bigint WHERE NOT EXISTS (SELECT FROM refunds WHERE idempotency_key = $2)
           ON CONFLICT (idempotency_key) DO NOTHING`,
          [`refund_${randomUUID()}`, idempotencyKey, paymentId, amount],
        )
        .then(() => true, refuseAboveCharge);
      const row = await refundRow(idempotencyKey);
      if (row === undefined && !isBounded) {
        const answer = { outcome: 'refused', reason: 'That is more than was charged.' } as const;
        return { kind: 'written', isNew: false, answer };
      }
      if (row?.charge_id !== paymentId || row.amount !== amount) return { kind: 'key reused' };
      return { kind: 'written', isNew: true, answer: { outcome: 'refunded', refundId: row.id } };
    },

    isFirstFailure: async (idempotencyKey) => {
      const { rowCount } = await pool.query(
        'INSERT INTO failed_attempts (idempotency_key) VALUES ($1) ON CONFLICT DO NOTHING',
        [idempotencyKey],
      );
      return rowCount === 1;
    },

    ping: async () => {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
};

const isOf = (row: ChargeRow, request: ChargeRequest): boolean =>
  row.order_id === request.orderId &&
  row.amount === request.amount &&
  row.currency_code === request.currencyCode &&
  row.method === request.method;

const chargeAnswer = ({ id, declined }: ChargeRow): ChargeAnswer =>
  declined === null
    ? { outcome: 'approved', paymentId: id }
    : { outcome: 'declined', reason: declined };

/** @returns false where the ledger refused the amount */
const refuseAboveCharge = (error: unknown): boolean => {
  if (error instanceof pg.DatabaseError && error.code === CHECK_VIOLATION) return false;
  throw error;
};
