import { drain } from '../process/drain.ts';
import type { Running } from '../process/lifecycle.ts';
import type { Logger } from '../process/log.ts';
import { subgraphDataSource } from './execution/data-source.ts';
import { createServer } from './http/server.ts';
import type { RouterSettings } from './settings.ts';
import { loadGeneration } from './supergraph/generation.ts';
import { callSubgraph, createConnections } from './transport/http-call.ts';

/**
 * Loads the supergraph and listens.
 *
 * @throws SettingsError where the supergraph cannot be read or served.
 */
export const startRouter = async (settings: RouterSettings, log: Logger): Promise<Running> => {
  const connections = createConnections(settings);
  const generation = await loadGeneration(
    settings.supergraph,
    (name, routingUrl) => {
      const target = { name, url: settings.routingUrls[name.toLowerCase()] ?? routingUrl };
      return subgraphDataSource(
        name,
        (caller, request) => callSubgraph(connections, settings, target, caller, request),
        log,
      );
    },
    log,
  );
  const server = await createServer({ settings, log, generation: () => generation });
  const url = await server.listen({ host: settings.host, port: settings.port });
  return {
    url,
    stop: async () => {
      await drain(server);
      await generation.close();
      await connections.close();
    },
  };
};
