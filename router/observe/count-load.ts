import { Gauge, type Registry } from 'prom-client';
import type { Turns } from '../admission/turns.ts';

/** By subgraph: how many replicas are needed. */
type Needs = ReadonlyMap<string, number>;

/** Looks at how much is under way whenever the metrics are read. */
export const watchTurns = (registry: Registry, turns: Pick<Turns, 'inFlight' | 'limit'>): void => {
  const registers = [registry];
  new Gauge({
    name: 'emporium_requests_in_flight',
    help: 'Requests that are under way.',
    registers,
    collect() {
      this.set(turns.inFlight());
    },
  });
  new Gauge({
    name: 'emporium_requests_in_flight_limit',
    help: 'So many requests may be under way before queries of clients are refused, as learnt from how long they take.',
    registers,
    collect() {
      this.set(turns.limit());
    },
  });
};

/** Looks at how many replicas are needed whenever the metrics are read. */
export const watchCapacity = (registry: Registry, needs: () => Needs): void => {
  new Gauge({
    name: 'emporium_subgraph_replicas_needed',
    help: 'Replicas of subgraphs that are needed for what the router asks, where CAPACITY_WEBHOOK_URL is set.',
    labelNames: ['subgraph'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [subgraph, needed] of needs()) this.set({ subgraph }, needed);
    },
  });
};
