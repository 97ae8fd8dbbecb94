import cluster from 'node:cluster';
import { runProcess } from '../process/lifecycle.ts';
import { createLog } from '../process/log.ts';
import { readRouterSettings } from './settings.ts';
import { startRouter } from './start.ts';
import { startWorkers } from './workers/workers.ts';

await runProcess('router', async () => {
  const settings = readRouterSettings();
  const log = createLog('router', settings.logLevel);
  if (settings.workers > 1 && cluster.isPrimary) {
    const workers = await startWorkers(settings.workers, log);
    process.on('SIGHUP', () => void workers.replace());
    return workers;
  }
  const router = await startRouter(settings, log);
  process.on('SIGHUP', () => void router.reload());
  return router;
});
