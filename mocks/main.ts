import { runProcess } from '../process/lifecycle.ts';
import { createLog } from '../process/log.ts';
import { readMock } from './read.ts';
import { startMock } from './server.ts';
import { readMockSettings } from './settings.ts';

/** A mock of one subgraph as a process. */
await runProcess('mock', async () => {
  const settings = readMockSettings();
  return startMock(readMock(settings), settings, createLog(settings.subgraph, settings.logLevel));
});
