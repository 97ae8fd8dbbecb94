import type { CallObserver } from '../transport/record.ts';
import type { Replicas } from '../transport/replicas.ts';
import type { Meter } from './meter.ts';

// Where subgraphs are asked: by calls, and by paths that are passed through.

type MeterOf = (subgraph: string) => Meter;

/** Measures the calls that `observer` is told of. */
export const measured = (observer: CallObserver, meterOf: MeterOf): CallObserver => ({
  begun: (subgraph) => {
    observer.begun(subgraph);
    meterOf(subgraph).begin();
  },
  ended: (record, failure) => {
    observer.ended(record, failure);
    meterOf(record.operation.subgraph).end(record.startedMs);
  },
});

interface Places {
  /** By path: the origins that serve it. */
  readonly passThrough: Readonly<Record<string, Replicas<string>>>;
  /** By subgraph, in lower case: where it is asked instead of where the supergraph says. */
  readonly routingUrls: Readonly<Record<string, Replicas<string>>>;
}

/**
 * Measures who serves the paths that are passed through. That is the subgraph at the same origin, else
 * the one of the path's name; a path that is neither's is not measured.
 */
export const measuredPaths =
  (
    { passThrough, routingUrls }: Places,
    subgraphs: readonly { readonly name: string; readonly url: string }[],
    meterOf: MeterOf,
  ): ((path: string) => Meter | null) =>
  (path) => {
    const origins: readonly string[] = passThrough[path] ?? [];
    const servesPath = ({ name, url }: (typeof subgraphs)[number]): boolean =>
      (routingUrls[name.toLowerCase()] ?? [url]).some(
        (each) => URL.canParse(each) && origins.includes(new URL(each).origin),
      );
    const owner =
      subgraphs.find(servesPath) ??
      subgraphs.find(({ name }) => `/${name.toLowerCase()}` === path.toLowerCase());
    return owner === undefined ? null : meterOf(owner.name);
  };
