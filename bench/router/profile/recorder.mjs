import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

// Preloaded into a router that is profiled: records from one SIGUSR2 to the next, so that the profile holds
// the measured time and neither the start nor the warming up.

const INTERVAL_MICROSECONDS = 200;

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS });

process.once('SIGUSR2', () => {
  session.post('Profiler.start');
  process.once('SIGUSR2', () => {
    session.post('Profiler.stop', (error, result) => {
      if (error !== null) throw error;
      writeFileSync(process.env['PROFILE_FILE'] ?? '', JSON.stringify(result.profile));
      process.send?.({ type: 'profiled' });
    });
  });
});
