import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { CallRecord } from '../execution/journal.ts';
import { brokenPaths } from '../transport/break-paths.ts';
import type { SubgraphState } from '../transport/connector.ts';
import type { CallObserver } from '../transport/record.ts';
import { LATENCY_BUCKETS } from './count-requests.ts';

/** Counts the calls of subgraphs. */
export const countCalls = (registry: Registry): CallObserver => {
  const registers = [registry];
  const calls = new Counter({
    name: 'emporium_subgraph_calls_total',
    help: 'Calls of subgraphs by what came of them (answered, or the code of the failure) and where the answer came from: the subgraph, shared with another request, cache, or stale (a cache past its time).',
    labelNames: ['subgraph', 'outcome', 'source'],
    registers,
  });
  const duration = new Histogram({
    name: 'emporium_subgraph_duration_seconds',
    help: 'How long calls of subgraphs took, tries included.',
    labelNames: ['subgraph'],
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const retries = new Counter({
    name: 'emporium_subgraph_retries_total',
    help: 'How often a replica was asked again for a call, slow ones that were asked twice included.',
    labelNames: ['subgraph'],
    registers,
  });
  const inFlight = new Gauge({
    name: 'emporium_subgraph_calls_in_flight',
    help: 'Calls of subgraphs that are under way.',
    labelNames: ['subgraph'],
    registers,
  });
  const characters = new Counter({
    name: 'emporium_subgraph_characters_total',
    help: 'The length of the answers of subgraphs, in characters, of those that came as text.',
    labelNames: ['subgraph'],
    registers,
  });

  const open = (subgraph: string) => ({
    answered: calls.labels(subgraph, 'answered', 'subgraph'),
    duration: duration.labels(subgraph),
    retries: retries.labels(subgraph),
    inFlight: inFlight.labels(subgraph),
    characters: characters.labels(subgraph),
  });
  const bySubgraph = new Map<string, ReturnType<typeof open>>();
  /** Labels are looked up once, and not with every call. */
  const of = (subgraph: string): ReturnType<typeof open> => {
    const known = bySubgraph.get(subgraph) ?? open(subgraph);
    bySubgraph.set(subgraph, known);
    return known;
  };

  return {
    begun: (subgraph) => of(subgraph).inFlight.inc(),
    ended: (call: CallRecord) => {
      const { subgraph } = call.operation;
      const one = of(subgraph);
      one.inFlight.dec();
      one.duration.observe((call.endedMs - call.startedMs) / 1_000);
      const { outcome, source, attempts } = call;
      if (outcome === 'answered' && source === 'subgraph') one.answered.inc();
      else calls.inc({ subgraph, outcome, source });
      if (attempts > 1 && source !== 'shared') one.retries.inc(attempts - 1);
      if (call.characters !== null && source === 'subgraph') one.characters.inc(call.characters);
    },
  };
};

/** Looks at how subgraphs do whenever the metrics are read. */
export const watchSubgraphs = (
  registry: Registry,
  subgraphs: () => readonly SubgraphState[],
): void => {
  const registers = [registry];
  new Gauge({
    name: 'emporium_subgraph_replicas',
    help: 'Replicas of subgraphs by state: up, or resting since they failed.',
    labelNames: ['subgraph', 'state'],
    aggregator: 'max',
    registers,
    collect() {
      this.reset();
      const now = performance.now();
      for (const { name: subgraph, replicas } of subgraphs()) {
        const all = replicas();
        const resting = all.filter(({ restsUntilMs }) => restsUntilMs > now).length;
        this.inc({ subgraph, state: 'up' }, all.length - resting);
        this.inc({ subgraph, state: 'resting' }, resting);
      }
    },
  });
  new Gauge({
    name: 'emporium_subgraph_broken_fields',
    help: 'Fields that are not asked for because they failed (open), or of which one call finds out (half-open).',
    labelNames: ['subgraph', 'field', 'state'],
    aggregator: 'max',
    registers,
    collect() {
      this.reset();
      for (const { name: subgraph, breakers } of subgraphs()) {
        for (const [field, state] of brokenPaths(breakers)) this.set({ subgraph, field, state }, 1);
      }
    },
  });
};
