import { performance } from 'node:perf_hooks';
import { Client } from 'undici';
import { usageOf } from '../process/usage.mjs';
import { requestHeaders, workloadNamed } from '../workloads.mjs';

/** @import { LoadFigures, LoadOrder, Workload } from '../shapes.ts' */

/** How many times as long as asked for a slow router is driven, to have requests enough. */
const MAX_STRETCH = 5;

/** @typedef {{ milliseconds: number, right: boolean }} Exchange */
/** @typedef {(exchange: Exchange) => void} Listener */

/**
 * Drives a router over a number of connections, each with one request at a time, with no pause between
 * warming up and measuring: in a pause, V8 shrinks the heaps of whoever is measured.
 *
 * @param {LoadOrder} order
 * @returns {Promise<LoadFigures>}
 */
export const drive = async (order) => {
  const { pace, pid, profile } = order;
  let requests = 0;
  /** @type {Exchange[]} */
  let exchanges = [];
  const load = startLoad(order, (exchange) => {
    requests += 1;
    exchanges.push(exchange);
  });

  await load.until(longEnough(pace.warmUpSeconds, () => requests >= pace.warmUpRequests));

  if (profile) process.kill(pid, 'SIGUSR2');
  exchanges = [];
  const before = usageOf(pid);
  const began = performance.now();
  await load.until(longEnough(pace.seconds, () => exchanges.length >= pace.requests));
  const measured = exchanges;
  const after = usageOf(pid);
  const seconds = (performance.now() - began) / 1000;
  if (profile) process.kill(pid, 'SIGUSR2');
  await load.stop();

  const latencies = Float64Array.from(measured, ({ milliseconds }) => milliseconds).sort();
  return {
    cpuMs: (after.cpuMs - before.cpuMs) / measured.length,
    rps: measured.length / seconds,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    rssMb: after.rssMb,
    requests,
    failures: measured.filter(({ right }) => !right).length,
  };
};

/**
 * A time that is stretched up to a number of times until there is enough: the answers of slow routers come
 * in bursts, of which a short time would count one too many or too few.
 *
 * @param {number} seconds
 * @param {() => boolean} isEnough
 * @returns {(now: number) => boolean}
 */
const longEnough = (seconds, isEnough) => {
  const began = performance.now();
  return (now) => {
    const passed = (now - began) / 1000;
    return passed >= seconds && (isEnough() || passed >= seconds * MAX_STRETCH);
  };
};

/** @param {Float64Array} sorted @param {number} share */
const quantile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/**
 * @param {LoadOrder} order
 * @param {Listener} listener is told of every exchange that ends
 */
const startLoad = ({ url, workload: name, lengths, firstTurn, pace }, listener) => {
  const workload = workloadNamed(name);
  const { origin, pathname: path } = new URL(url);
  const headers = requestHeaders(workload);
  const body = bodies(workload);
  let turn = firstTurn;
  let running = true;
  /** @type {(now: number) => boolean} */
  let isReached = () => false;
  let reached = () => {};

  /** @param {Client} client */
  const next = (client) => {
    const expected = lengths[turn % lengths.length] ?? null;
    const text = body(turn);
    turn += 1;
    const handler = exchangeHandler(workload, expected, (exchange) => {
      listener(exchange);
      if (isReached(performance.now())) reached();
      if (running) next(client);
    });
    client.dispatch({ path, method: 'POST', headers, body: text }, handler);
  };
  const clients = Array.from({ length: pace.connections }, () => new Client(origin));
  for (const client of clients) next(client);

  return {
    /** @param {(now: number) => boolean} condition looked at after every exchange */
    until: (condition) =>
      new Promise((/** @type {(value?: undefined) => void} */ resolve) => {
        isReached = condition;
        reached = () => {
          isReached = () => false;
          resolve();
        };
      }),
    stop: async () => {
      running = false;
      await Promise.all(clients.map((client) => client.close()));
    },
  };
};

/** @param {Workload} workload @returns {(turn: number) => string} */
const bodies = ({ request, variety }) => {
  if (!Number.isFinite(variety)) return (turn) => JSON.stringify(request(turn));
  const texts = Array.from({ length: variety }, (_, turn) => JSON.stringify(request(turn)));
  return (turn) => texts[turn % variety] ?? '';
};

/**
 * @param {Workload} workload
 * @param {number | null} expected length of the right answer in bytes
 * @param {Listener} ended
 */
const exchangeHandler = ({ deferred }, expected, ended) => {
  const began = performance.now();
  let status = 0;
  let length = 0;
  let firstByte = 0;
  return {
    // By this undici knows a handler of its present interface.
    onRequestStart: () => {},
    /** @param {unknown} _controller @param {number} code */
    onResponseStart: (_controller, code) => {
      status = code;
    },
    /** @param {unknown} _controller @param {Buffer} chunk */
    onResponseData: (_controller, chunk) => {
      if (length === 0) firstByte = performance.now();
      length += chunk.length;
    },
    onResponseEnd: () => {
      const milliseconds = (deferred ? firstByte : performance.now()) - began;
      ended({ milliseconds, right: status === 200 && (expected === null || length === expected) });
    },
    onResponseError: () => ended({ milliseconds: performance.now() - began, right: false }),
  };
};
