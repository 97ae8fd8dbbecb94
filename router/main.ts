import { runProcess } from '../process/lifecycle.ts';
import { createLog } from '../process/log.ts';
import { readRouterSettings } from './settings.ts';
import { startRouter } from './start.ts';

await runProcess('router', async () => {
  const settings = readRouterSettings();
  const router = await startRouter(settings, createLog('router', settings.logLevel));
  process.on('SIGHUP', () => void router.reload());
  return router;
});
