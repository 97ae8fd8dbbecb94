import { runProcess } from '../process/lifecycle.ts';
import { createLog } from '../process/log.ts';
import { readRouterSettings } from './settings.ts';
import { startRouter } from './start.ts';

await runProcess('router', () => {
  const settings = readRouterSettings();
  return startRouter(settings, createLog('router', settings.logLevel));
});
