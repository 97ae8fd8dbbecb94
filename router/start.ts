import { readFile } from 'node:fs/promises';
import { drain } from '../process/drain.ts';
import type { Running } from '../process/lifecycle.ts';
import type { Logger } from '../process/log.ts';
import { SettingsError } from '../process/settings.ts';
import { createServer } from './http/server.ts';
import type { RouterSettings } from './settings.ts';
import { buildGeneration } from './supergraph/generation.ts';
import { startPlanner } from './supergraph/planner.ts';
import { createConnections } from './transport/connections.ts';
import { httpCall } from './transport/http-call.ts';

/**
 * Loads the supergraph and listens.
 *
 * @throws SettingsError where the supergraph cannot be read or served.
 */
export const startRouter = async (settings: RouterSettings, log: Logger): Promise<Running> => {
  const connections = createConnections(settings);
  const planner = startPlanner();
  const sdl = await readFile(settings.supergraph, 'utf8').catch(() => {
    throw new SettingsError(
      `SUPERGRAPH: ${settings.supergraph} cannot be read. Make it with \`npm run compose\`, or name another file.`,
    );
  });
  const generation = await buildGeneration(sdl, {
    planner,
    connect: (name, routingUrl) =>
      httpCall(
        connections,
        settings,
        {
          name,
          url: settings.routingUrls[name.toLowerCase()] ?? routingUrl,
        },
        log,
      ),
    ignoreSecurityDirectives: false,
    operationCacheBytes: 64 * 1024 * 1024,
  });
  const server = await createServer({ settings, log, generation: () => generation });
  const url = await server.listen({ host: settings.host, port: settings.port });
  return {
    url,
    stop: async () => {
      await drain(server);
      await planner.close();
      await connections.close();
    },
  };
};
