import { runProcess } from '../process/lifecycle.ts';
import { createLog } from '../process/log.ts';
import { startPayments } from './server.ts';
import { readPaymentsSettings } from './settings.ts';

await runProcess('payments', async () => {
  const settings = readPaymentsSettings();
  return startPayments(settings, createLog('payments', settings.logLevel));
});
