import type pg from 'pg';
import { createLog } from '../../process/log.ts';
import { deliveriesOf } from '../../subgraphs/cart/deliveries.ts';
import { createDriver, type Driver } from '../../subgraphs/cart/driver.ts';
import type { Order, OrderDraft } from '../../subgraphs/cart/orders.ts';
import { createOrderStore, type OrderStore } from '../../subgraphs/cart/store-orders.ts';
import { createRefundStore } from '../../subgraphs/cart/store-refunds.ts';
import { openDatabase } from '../../subgraphs/kit/database.ts';
import { newId } from '../../subgraphs/kit/ids.ts';
import { withCleanup } from '../kit/cleanup.ts';
import { cloneDatabase, openPool } from '../kit/database.ts';
import {
  type CatalogueDouble,
  createCatalogueDouble,
  createFaults,
  createProviderDouble,
  type Faults,
  type ProviderDouble,
} from './doubles.ts';

/** Orders in a real database, beside a catalogue and a provider that fail when they are told to. */
export interface Ordering extends AsyncDisposable {
  readonly databaseUrl: string;
  readonly pool: pg.Pool;
  readonly orders: OrderStore;
  readonly catalogue: CatalogueDouble;
  readonly provider: ProviderDouble;
  readonly faults: Faults;
  readonly driver: Driver;
  /** Another process's driver on the same orders. */
  readonly anotherDriver: () => Driver;
  readonly place: (change?: Partial<OrderDraft>) => Promise<Order>;
  /** Sweeps until nothing is left to do, as if all waiting were over. */
  readonly sweepAll: () => Promise<void>;
  readonly stateOf: (id: string) => Promise<string>;
  /** Delivers what the outbox holds, once. */
  readonly deliverAll: () => Promise<void>;
}

export const ADDRESS = {
  recipient: 'Ada Example',
  lines: ['1 Long Street'],
  city: 'Lyon',
  postalCode: '69003',
  countryCode: 'FR',
};

export const startOrdering = (): Promise<Ordering> =>
  withCleanup(async ({ use, defer }) => {
    const { url: databaseUrl } = use(await cloneDatabase('cart', 'empty'));
    const database = openDatabase(databaseUrl);
    defer(database.close);
    const pool = openPool(databaseUrl);
    defer(() => pool.end());
    const orders = createOrderStore(database);
    const faults = createFaults();
    const catalogue = createCatalogueDouble(faults);
    const provider = createProviderDouble(faults);
    const log = createLog('cart', 'silent');
    const anotherDriver = (): Driver =>
      createDriver({ orders, catalogue, provider, log, sweepEveryMs: null });
    const driver = anotherDriver();
    defer(driver.close);

    const place = async (change: Partial<OrderDraft> = {}): Promise<Order> => {
      const { order } = await orders.place({
        id: newId('order'),
        buyerId: 'user_b',
        idempotencyKey: newId('order'),
        bodyHash: new Uint8Array(32),
        currencyCode: 'EUR',
        items: [
          { productId: 'product_a', quantity: 2, price: 1_000n },
          { productId: 'product_c', quantity: 1, price: 300n },
        ],
        expectedTotal: null,
        paymentMethod: 'card_approved',
        address: ADDRESS,
        ...change,
      });
      return order;
    };
    const sweepAll = async (): Promise<void> => {
      do await pool.query('UPDATE orders SET next_drive_at = now()');
      while ((await driver.sweep()) > 0);
    };
    const stateOf = async (id: string): Promise<string> =>
      (await pool.query('SELECT state FROM orders WHERE id = $1', [id])).rows[0].state;
    const deliveries: Readonly<Record<string, (payload: unknown) => Promise<void>>> = deliveriesOf({
      catalogue,
      provider,
      refunds: createRefundStore(database),
    });
    const deliverAll = async (): Promise<void> => {
      const { rows } = await pool.query('SELECT topic, payload FROM outbox ORDER BY created_at');
      for (const { topic, payload } of rows) await deliveries[topic]?.(payload);
    };
    return {
      deliverAll,
      databaseUrl,
      pool,
      orders,
      catalogue,
      provider,
      faults,
      driver,
      anotherDriver,
      place,
      sweepAll,
      stateOf,
    };
  });
