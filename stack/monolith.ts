import { runProcess } from '../process/lifecycle.ts';
import { createLog } from '../process/log.ts';
import { readRouterSettings } from '../router/settings.ts';
import { startRouter } from '../router/start.ts';
import { openInProcess } from './in-process.ts';
import { readMonolithSettings } from './monolith-settings.ts';
import { refuseWorkersWithin } from './topology.ts';

/** The router with subgraphs in its own process: all of them, or those that are named. */
await runProcess('router', async () => {
  const settings = readRouterSettings();
  const { inProcess } = readMonolithSettings();
  refuseWorkersWithin(settings.workers, inProcess);
  const subgraphs = await openInProcess(inProcess);
  const passThrough = { ...settings.passThrough, ...subgraphs.passThrough };
  const identityProviders = { ...settings.identityProviders, ...subgraphs.identityProviders };
  const log = createLog('router', settings.logLevel);
  const options = { inProcess: subgraphs.byName };
  const router = await startRouter({ ...settings, passThrough, identityProviders }, log, options);
  process.on('SIGHUP', () => void router.reload());
  return {
    url: router.url,
    // Requests finish before what they ask is taken away.
    stop: async (idleGraceMs) => {
      await router.stop(idleGraceMs);
      await subgraphs.close();
    },
  };
});
