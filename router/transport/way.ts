import type { CallSubgraph } from '../execution/call.ts';
import type { Ask } from './ask.ts';
import { balance } from './balance.ts';
import { breakPaths, type PathBreakers } from './break-paths.ts';
import type { TransportSettings } from './connections.ts';
import { hedge } from './hedge.ts';
import { type CallObserver, record } from './record.ts';
import type { Replica } from './replica.ts';
import { retry } from './retry.ts';
import { createRetryBudget } from './retry-budget.ts';
import { share } from './share.ts';

/**
 * The way of a call to a subgraph that has replicas: every layer, from the outermost. Each is asked by
 * the one above it.
 */
export const wayToReplicas = (
  replicas: () => readonly Replica[],
  breakers: PathBreakers,
  settings: TransportSettings,
  observer: CallObserver,
): CallSubgraph => {
  const budget = createRetryBudget();
  const balanced = balance(replicas);
  const hedged = hedge(balanced, settings, budget);
  const retried = retry(hedged, settings, budget);
  const broken = breakPaths(retried, breakers);
  const shared = share(broken);
  return record(shared, settings.subgraphTimeoutMs, observer);
};

/** The way to a subgraph in this process, which cannot be elsewhere. */
export const wayToOwn = (
  own: Ask,
  breakers: PathBreakers,
  settings: TransportSettings,
  observer: CallObserver,
): CallSubgraph => record(share(breakPaths(own, breakers)), settings.subgraphTimeoutMs, observer);
