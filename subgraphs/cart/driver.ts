import { setTimeout as sleep } from 'node:timers/promises';
import { backOff } from '../../process/back-off.ts';
import type { Logger } from '../../process/log.ts';
import { type Drivers, drive } from './driving.ts';
import type { Order } from './orders.ts';

/**
 * Who drives which order. A claim keeps others away for a while, by the database's clock, so that
 * they do not do the same at once; that an order is right rests on its steps alone.
 */
export interface OrderClaims {
  readonly find: (id: string) => Promise<Order | null>;
  /** Claims an order; null where it is at an end, or somebody else's at the moment. */
  readonly claim: (id: string) => Promise<Order | null>;
  /** Claims orders that nobody drives although they are not at an end. */
  readonly claimLeft: (atMost: number) => Promise<readonly Order[]>;
  /** Gives a claim back, for others to take after a while in milliseconds. */
  readonly putOff: (id: string, waitMs: number) => Promise<void>;
}

/** Drives orders on, and finishes what a crash or an outage left. */
export interface Driver {
  /**
   * Drives an order that is claimed, and gives it as it is when it rests; where that takes long, as it
   * is after `PATIENCE_MS`, and it is driven on behind the caller's back.
   */
  readonly driveOn: (order: Order) => Promise<Order>;
  /** Claims an order and drives it on; gives it as it is, where somebody else does. */
  readonly driveById: (id: string) => Promise<Order | null>;
  /** Drives on what was left; gives how many orders that were. */
  readonly sweep: () => Promise<number>;
  /** Ends the sweeping, and waits for what is under way. */
  readonly close: () => Promise<void>;
}

export interface DriverOptions extends Drivers {
  readonly orders: Drivers['orders'] & OrderClaims;
  readonly log: Logger;
  /** How often to sweep, in milliseconds; null leaves it to who calls `sweep`. */
  readonly sweepEveryMs: number | null;
}

/** How long a buyer's request waits, in milliseconds: less than the router gives this service. */
const PATIENCE_MS = 6_000;

/** At once, and as many again as long as there are any. */
const BATCH = 10;

export const createDriver = (options: DriverOptions): Driver => {
  const { orders, log, sweepEveryMs } = options;
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();

  const driveClaimed = async (order: Order): Promise<void> => {
    try {
      await drive(options, order, closing.signal);
    } catch (error) {
      log.warn({ err: error, order: order.id, attempts: order.attempts }, 'driven on later');
      await orders.putOff(order.id, backOff(order.attempts + 1));
    }
  };

  const begin = (order: Order): Promise<void> => {
    const driving = driveClaimed(order)
      .catch((error: unknown) => log.warn({ err: error, order: order.id }, 'left to the sweeper'))
      .finally(() => underWay.delete(driving));
    underWay.add(driving);
    return driving;
  };

  const driveOn = async (order: Order): Promise<Order> => {
    const waiting = new AbortController();
    const patience = sleep(PATIENCE_MS, undefined, { signal: waiting.signal, ref: false });
    await Promise.race([begin(order), patience]);
    waiting.abort();
    await patience.catch(() => {});
    return (await orders.find(order.id)) ?? order;
  };

  const sweep = async (): Promise<number> => {
    const left = await orders.claimLeft(BATCH);
    await Promise.all(left.map(begin));
    return left.length;
  };

  const keepSweeping = async (everyMs: number): Promise<void> => {
    while (!closing.signal.aborted) {
      const found = await sweep().catch((error: unknown) => {
        log.warn({ err: error }, 'orders cannot be swept');
        return 0;
      });
      if (found === BATCH) continue;
      await sleep(everyMs, undefined, { signal: closing.signal }).catch(() => {});
    }
  };
  const sweeping = sweepEveryMs === null ? null : keepSweeping(sweepEveryMs);

  return {
    driveOn,
    driveById: async (id) => {
      const claimed = await orders.claim(id);
      return claimed === null ? orders.find(id) : driveOn(claimed);
    },
    sweep,
    close: async () => {
      closing.abort();
      await sweeping;
      await Promise.all(underWay);
    },
  };
};
