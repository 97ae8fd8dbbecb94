import type { SubgraphConnector } from '../supergraph/generation.ts';
import type { Replicas } from '../transport/replicas.ts';
import type { Meter } from './meter.ts';

// Where subgraphs are asked: by calls, and by paths that are passed through.

type MeterOf = (subgraph: string) => Meter;

/** The same ways to subgraphs, each call of which is measured. */
export const measuredConnector =
  (connect: SubgraphConnector, meterOf: MeterOf): SubgraphConnector =>
  (name, routingUrl) => {
    const link = connect(name, routingUrl);
    const meter = meterOf(name);
    return {
      ...link,
      // No async function, which would hold the text of the request until there is an answer.
      call: (caller, operation, variables) => {
        const began = meter.begin();
        return link.call(caller, operation, variables).finally(() => meter.end(began));
      },
    };
  };

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
