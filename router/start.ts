import { drain } from '../process/drain.ts';
import type { Running } from '../process/lifecycle.ts';
import type { Logger } from '../process/log.ts';
import { createServer } from './http/server.ts';
import type { RouterSettings } from './settings.ts';
import { openGenerations } from './supergraph/generations.ts';
import type { DecideLabel } from './supergraph/override-labels.ts';
import { startPlanner } from './supergraph/planner.ts';
import { supergraphFile } from './supergraph/source.ts';
import { createConnections } from './transport/connections.ts';
import { httpCall } from './transport/http-call.ts';

/** What can be told to a router that is started by a program. */
export interface RouterOptions {
  /** Decides the labels of progressive overrides that are no percentages. */
  readonly decideLabel?: DecideLabel;
}

/** A router that serves. */
export interface RunningRouter extends Running {
  /** Reads the supergraph again. */
  readonly reload: () => Promise<unknown>;
}

/**
 * Loads the supergraph and listens.
 *
 * @throws SettingsError where the supergraph cannot be read or served.
 */
export const startRouter = async (
  settings: RouterSettings,
  log: Logger,
  options: RouterOptions = {},
): Promise<RunningRouter> => {
  const connections = createConnections(settings);
  const planner = startPlanner();
  const generations = await openGenerations(
    supergraphFile(settings.supergraph, settings.watchSupergraph),
    {
      planner,
      connect: (name, routingUrl) => {
        const url = settings.routingUrls[name.toLowerCase()] ?? routingUrl;
        return httpCall(connections, settings, { name, url }, log);
      },
      ignoreSecurityDirectives: settings.ignoreSecurityDirectives,
      operationCacheBytes: settings.operationCacheBytes,
    },
    settings,
    log,
  );
  const server = await createServer({
    settings,
    log,
    generation: generations.current,
    decideLabel: options.decideLabel ?? ((label) => settings.overrideLabels.includes(label)),
  });
  const url = await server.listen({ host: settings.host, port: settings.port });
  return {
    url,
    reload: generations.reload,
    stop: async () => {
      await drain(server);
      await generations.close();
      await planner.close();
      await connections.close();
    },
  };
};
