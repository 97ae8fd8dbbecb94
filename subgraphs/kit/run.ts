import { runProcess } from '../../process/lifecycle.ts';
import { createLog } from '../../process/log.ts';
import { startSubgraph } from './server.ts';
import { readSubgraphSettings } from './settings.ts';
import type { SubgraphFactory } from './subgraph.ts';

/** The whole of a subgraph's `main.ts`: settings from the environment, then the server. */
export const runSubgraph = <Context extends object>(
  factory: SubgraphFactory<Context>,
): Promise<void> =>
  runProcess(factory.name, async () => {
    const settings = readSubgraphSettings(factory.name);
    return startSubgraph(factory, settings, createLog(factory.name, settings.logLevel));
  });
