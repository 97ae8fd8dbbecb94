// `npm run test:chaos -- --minutes 60`: the test of a two-minute run, for longer; or one round again.
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

const HELP = `Buyers buy while processes are killed, round after round; every round is judged by SQL over all databases.

  npm run test:chaos                              for two minutes
  npm run test:chaos -- --minutes 60              for longer
  npm run test:chaos -- --seed 42 --size 60       the round that a failure has named, once more
`;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string' },
    size: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

/** @param {string} name @param {string | undefined} value */
const setting = (name, value) => {
  if (value === undefined) return {};
  if (!/^\d+(\.\d+)?$/.test(value)) {
    process.stderr.write(`${value} is not a number. ${HELP}`);
    process.exit(1);
  }
  return { [name]: value };
};

if (values.help) {
  process.stdout.write(HELP);
} else {
  const child = spawn('npx', ['vitest', 'run', 'tests/chaos'], {
    stdio: 'inherit',
    env: {
      ...process.env,
      ...setting('CHAOS_MINUTES', values.minutes),
      ...setting('CHAOS_SEED', values.seed),
      ...setting('CHAOS_SIZE', values.size),
    },
  });
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
}
