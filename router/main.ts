import cluster from 'node:cluster';
import { runProcess } from '../process/lifecycle.ts';
import { createLog } from '../process/log.ts';
import { exposeMetricsOfWorkers } from './observe/metrics-server.ts';
import { readRouterSettings } from './settings.ts';
import { startRouter } from './start.ts';
import { startWorkers } from './workers/workers.ts';

await runProcess('router', async () => {
  const settings = readRouterSettings();
  const log = createLog('router', settings.logLevel);
  if (settings.workers > 1 && cluster.isPrimary) {
    const workers = await startWorkers(settings.workers, log);
    const { metrics: place } = settings;
    const metrics = place === null ? null : await exposeMetricsOfWorkers(place);
    if (metrics !== null) log.info({ url: metrics.url }, 'serving metrics');
    process.on('SIGHUP', () => void workers.replace());
    return {
      ...workers,
      stop: async () => {
        await workers.stop();
        await metrics?.close();
      },
    };
  }
  const router = await startRouter(settings, log);
  process.on('SIGHUP', () => void router.reload());
  return router;
});
