import { makeValidator } from 'envalid';
import type { Logger } from '../process/log.ts';
import { quietPort } from './ports.ts';
import type { Service } from './supervisor.ts';

/** How many processes a subgraph has: between these, as its load needs. */
export interface ReplicaRange {
  readonly least: number;
  readonly most: number;
}

/** The processes of one subgraph. */
export interface Replicas {
  /** Where each is that there may be, such as `http://127.0.0.1:4001`; those that are not up refuse connections. */
  readonly urls: readonly string[];
  readonly running: () => readonly Service[];
  /**
   * Brings their number to `count`, or as near as the range allows, one after the other: a new one is
   * ready before the next is looked at, and one that is too many retires. Never rejects.
   */
  readonly scale: (count: number) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** The ids of all processes, also of those that retire. */
  readonly pids: () => readonly number[];
}

const MOST = 32;

/** `3`, or `1..3`. */
export const replicaRange = makeValidator<ReplicaRange>((text) => {
  const [, from, to] = /^(\d+)(?:\.\.(\d+))?$/.exec(text) ?? [];
  const range = { least: Number(from), most: Number(to ?? from) };
  if (range.least >= 1 && range.most >= range.least && range.most <= MOST) return range;
  throw new Error(`"${text}" is neither a number nor a range such as 1..3, from 1 to ${MOST}`);
});

export const isScaled = ({ least, most }: ReplicaRange): boolean => least < most;

/**
 * Starts the least number of a range; the ports of the others are chosen and known from the beginning,
 * so that whoever asks them need not be told of each that comes or goes.
 *
 * @param start starts the one that has this number, from 1, on a port, or on any that is free
 * @throws what the first start of one of them throws
 */
export const startReplicas = async (
  { least, most }: ReplicaRange,
  start: (number: number, port?: number) => Promise<Service>,
  log: Logger,
): Promise<Replicas> => {
  const running = await startAll(least, (number) => start(number));
  const ports = running.map((service) => Number(new URL(service.instance().url).port));
  while (ports.length < most) {
    const port = await quietPort();
    if (!ports.includes(port)) ports.push(port);
  }
  const leaving = new Set<Service>();
  let wanted = least;
  let stopped = false;
  let turn: Promise<void> = Promise.resolve();

  const grow = async (): Promise<void> => {
    const number = running.length + 1;
    running.push(await start(number, ports[number - 1]));
  };
  const shrink = (): void => {
    const service = running.pop();
    if (service === undefined) return;
    leaving.add(service);
    void service.stop('retired').then(() => leaving.delete(service));
  };
  const follow = async (): Promise<void> => {
    while (!stopped && running.length < wanted) await grow();
    while (!stopped && running.length > wanted) shrink();
  };
  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}`),
    running: () => running,
    scale: (count) => {
      wanted = Math.min(most, Math.max(least, count));
      turn = turn.then(follow).catch((error: unknown) => {
        if (!stopped) log.error({ err: error }, 'one more did not start');
      });
      return turn;
    },
    stop: async () => {
      stopped = true;
      await turn;
      await Promise.all([...running, ...leaving].map((service) => service.stop()));
    },
    pids: () => [...running, ...leaving].map((service) => service.instance().pid),
  };
};

/** @throws what one of them throws, when none of the others runs any more */
const startAll = async (
  count: number,
  start: (number: number) => Promise<Service>,
): Promise<Service[]> => {
  const starting = Array.from({ length: count }, (_, at) => start(at + 1));
  const settled = await Promise.allSettled(starting);
  const started = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  if (started.length < count) await Promise.all(started.map((service) => service.stop()));
  return Promise.all(starting);
};
