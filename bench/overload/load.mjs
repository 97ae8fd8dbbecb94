import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { usageOf } from '../router/process/usage.mjs';
import { requestHeaders, workloadNamed } from '../router/workloads.mjs';

/** @import { Figures, Order } from './shapes.ts' */

// Sends at a rate, whether or not answers come (an open loop), or one request after the other over a number
// of connections (a closed one), which finds out what is answered at most.

/** Who waits longer has left: what is answered later is of no use to anyone. */
const PATIENCE_MS = 1_000;
const CLOSED_CONNECTIONS = 16;
/** A browser for each request that may be waited for. */
const OPEN_CONNECTIONS = 4_000;
/** One request in so many is a change. */
const CHANGE_EVERY = 10;

/** @typedef {{ isChange: boolean, outcome: 'right' | 'refused' | 'late', ms: number }} Exchange */

const bodiesOf = (/** @type {string} */ name) => {
  const { request, variety } = workloadNamed(name);
  const count = Number.isFinite(variety) ? variety : 1_000;
  return Array.from({ length: count }, (_, turn) => JSON.stringify(request(turn)));
};

/** @param {Order} order @returns {Promise<Figures>} */
const drive = async ({ url, pid, workload, rate, seconds }) => {
  const { origin } = new URL(url);
  const pool = new Pool(origin, {
    connections: rate === null ? CLOSED_CONNECTIONS : OPEN_CONNECTIONS,
    pipelining: 1,
  });
  const headers = requestHeaders(workloadNamed(workload));
  const queries = bodiesOf(workload);
  const changes = bodiesOf('mutation');
  let turn = 0;
  /** @type {Exchange[]} */
  const exchanges = [];

  /** @returns {Promise<void>} */
  const send = () =>
    new Promise((resolve) => {
      const isChange = turn % CHANGE_EVERY === 0;
      const bodies = isChange ? changes : queries;
      const body = bodies[turn % bodies.length] ?? '';
      turn += 1;
      const began = performance.now();
      let status = 0;
      /** @type {{ abort: (reason: Error) => void } | undefined} */
      let controller;
      let isOver = false;
      /** @param {Exchange['outcome']} outcome */
      const end = (outcome) => {
        if (isOver) return;
        isOver = true;
        clearTimeout(patience);
        exchanges.push({ isChange, outcome, ms: performance.now() - began });
        resolve();
      };
      const patience = setTimeout(() => {
        end('late');
        controller?.abort(new Error('nobody waits any more'));
      }, PATIENCE_MS);
      pool.dispatch(
        { path: '/graphql', method: 'POST', headers, body },
        {
          onRequestStart: (started) => {
            controller = started;
            if (isOver) started.abort(new Error('nobody waits any more'));
          },
          onResponseStart: (_controller, code) => {
            status = code;
          },
          onResponseData: () => {},
          onResponseEnd: () => end(status === 200 ? 'right' : status === 503 ? 'refused' : 'late'),
          onResponseError: () => end('late'),
        },
      );
    });

  const before = usageOf(pid).cpuMs;
  const began = performance.now();
  const until = began + seconds * 1_000;
  if (rate === null) {
    const client = async () => {
      while (performance.now() < until) await send();
    };
    await Promise.all(Array.from({ length: CLOSED_CONNECTIONS }, client));
  } else {
    await sendAtRate(send, rate, until);
  }
  const passed = (performance.now() - began) / 1_000;
  const cpuShare = (usageOf(pid).cpuMs - before) / 1_000 / passed;
  // What was sent last is waited for, and no longer than anybody would.
  const sent = turn;
  while (exchanges.length < sent) await new Promise((resolve) => setTimeout(resolve, 10));
  void pool.destroy();
  return figuresOf(exchanges, passed, cpuShare);
};

/**
 * Every few milliseconds as many as are due; a sender that falls behind catches up.
 *
 * @param {() => Promise<void>} send
 * @param {number} rate
 * @param {number} until
 */
const sendAtRate = async (send, rate, until) => {
  const began = performance.now();
  let sent = 0;
  for (let now = began; now < until; now = performance.now()) {
    const due = Math.floor(((now - began) * rate) / 1_000);
    for (; sent < due; sent += 1) void send();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

/** @param {readonly Exchange[]} exchanges @param {number} seconds @param {number} cpuShare */
const figuresOf = (exchanges, seconds, cpuShare) => {
  const right = exchanges.filter(({ outcome }) => outcome === 'right');
  const times = Float64Array.from(right, ({ ms }) => ms).sort();
  /** @param {(exchange: Exchange) => boolean} condition @param {(exchange: Exchange) => boolean} [among] */
  const share = (condition, among = () => true) => {
    const all = exchanges.filter(among);
    return all.length === 0 ? 0 : all.filter(condition).length / all.length;
  };
  /** @param {Exchange} exchange */
  const isRight = ({ outcome }) => outcome === 'right';
  return {
    offered: exchanges.length / seconds,
    goodput: right.length / seconds,
    queries: share(isRight, ({ isChange }) => !isChange),
    changes: share(isRight, ({ isChange }) => isChange),
    refused: share(({ outcome }) => outcome === 'refused'),
    late: share(({ outcome }) => outcome === 'late'),
    p50: times[Math.floor(times.length / 2)] ?? Number.NaN,
    p99: times[Math.floor(times.length * 0.99)] ?? Number.NaN,
    cpuShare,
  };
};

process.on('disconnect', () => process.exit());
process.on('message', async (/** @type {Order} */ order) => {
  process.send?.({ type: 'figures', figures: await drive(order) });
});
process.send?.({ type: 'ready' });
