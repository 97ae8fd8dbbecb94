import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Refusal } from '../refusal.ts';
import type { Witness } from './observer.ts';
import { operationOf, wasKept } from './trail.ts';

/** In seconds: from what the router needs alone to what nobody waits for. */
export const LATENCY_BUCKETS = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** Counts requests, by what the router knows of them: no label holds what a client has chosen. */
export const countRequests = (registry: Registry): Witness => {
  const registers = [registry];
  const requests = new Counter({
    name: 'emporium_requests_total',
    help: 'Requests by what became of them: answered, partial (with errors), degraded (something else stood in for what failed), left (nobody waited), or the code of the refusal. kind is none where no operation was found.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'emporium_request_duration_seconds',
    help: 'How long requests took until all of their answer was there. Subscriptions are not among them.',
    labelNames: ['kind'],
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const lookups = new Counter({
    name: 'emporium_operation_cache_requests_total',
    help: 'Requests whose plan was there already (hit), or was made for them (miss).',
    labelNames: ['result'],
    registers,
  });
  const subscriptions = new Gauge({
    name: 'emporium_subscriptions_live',
    help: 'Subscriptions that are live.',
    registers,
  });
  const events = new Counter({
    name: 'emporium_subscription_events_total',
    help: 'Events that were given to clients, counted as their subscriptions end.',
    registers,
  });
  const webSockets = new Gauge({
    name: 'emporium_websockets_open',
    help: 'WebSockets that are open.',
    registers,
  });

  const limits = new Counter({
    name: 'emporium_limit_refusals_total',
    help: 'Requests that were refused, and subscriptions that were ended, since they passed a limit, by the name of its setting.',
    labelNames: ['limit'],
    registers,
  });
  const countLimit = (refused: Refusal | null): void => {
    if (refused !== null && refused.limit !== null) limits.inc({ limit: refused.limit });
  };

  const hit = lookups.labels('hit');
  const miss = lookups.labels('miss');
  const durations = {
    query: duration.labels('query'),
    mutation: duration.labels('mutation'),
    subscription: null,
    none: duration.labels('none'),
  };

  return {
    opened: () => subscriptions.inc(),
    ended: (trail, { outcome, endedMs, results, refused, wasOpened }) => {
      const kind = operationOf(trail)?.kind ?? 'none';
      requests.inc({ kind, outcome });
      countLimit(refused);
      durations[kind]?.observe((endedMs - trail.startedMs) / 1_000);
      const kept = wasKept(trail);
      if (kept !== null) (kept ? hit : miss).inc();
      if (!wasOpened) return;
      subscriptions.dec();
      events.inc(results);
    },
    turnedAway: (refused) => {
      requests.inc({ kind: 'none', outcome: refused.code });
      countLimit(refused);
    },
    webSockets: (change) => webSockets.inc(change),
  };
};
