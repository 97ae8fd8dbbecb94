import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { OperationCache } from '../supergraph/operation-cache.ts';
import type { Planner } from '../supergraph/planner.ts';
import { LATENCY_BUCKETS } from './count-requests.ts';

/** The planner, with the time that it takes. */
export const timePlanning = (registry: Registry, planner: Planner): Planner => {
  const duration = new Histogram({
    name: 'emporium_planning_duration_seconds',
    help: 'How long planning an operation took, and waiting for the planner.',
    buckets: LATENCY_BUCKETS,
    registers: [registry],
  });
  return {
    ...planner,
    plan: (request) => {
      const end = duration.startTimer();
      return planner.plan(request).finally(end);
    },
  };
};

/** Looks at what is kept of operations whenever the metrics are read. */
export const watchOperations = (registry: Registry, cache: () => OperationCache): void => {
  const registers = [registry];
  new Gauge({
    name: 'emporium_operation_cache_operations',
    help: 'Operations of clients that are kept.',
    registers,
    collect() {
      this.set(cache().size().operations);
    },
  });
  new Gauge({
    name: 'emporium_operation_cache_bytes',
    help: 'What the operations that are kept weigh, estimated, in bytes.',
    registers,
    collect() {
      this.set(cache().size().bytes);
    },
  });
  new Counter({
    name: 'emporium_operation_cache_evictions_total',
    help: 'Operations that had to make room for others, since the supergraph was loaded.',
    registers,
    collect() {
      this.reset();
      this.inc(cache().size().evictions);
    },
  });
};
