import { once } from 'node:events';
import { watch as watchFiles } from 'chokidar';
import { readConfig } from '../composition/config.ts';
import { CompositionFailure } from '../composition/failure.ts';
import type { Planner } from '../router/supergraph/planner.ts';
import { openBase } from './case.ts';
import { check } from './check.ts';
import type { CommandLine } from './command-line.ts';
import { CheckFailure } from './failure.ts';
import type { Report } from './report/report.ts';

/** Editors write a file in several steps, and chokidar tells of none within 50 ms after one that it told of. */
const SETTLED_MS = 60;

/**
 * Checks at once, and again whenever something is edited, until it is interrupted; the base is read once. Files stay
 * watched when it returns: chokidar 5.0.0 cannot let go of one that an editor has replaced.
 */
export const watch = async (
  asked: CommandLine,
  planner: Planner,
  show: (report: Report) => Promise<void>,
): Promise<void> => {
  const base = await openBase(asked, planner);
  const checkAgain = async (): Promise<void> => {
    try {
      await show(await check(asked, planner, base));
    } catch (error) {
      const isExpected = error instanceof CheckFailure || error instanceof CompositionFailure;
      if (!isExpected) throw error;
      process.stderr.write(`${error.message}\n`);
    }
  };
  await checkAgain();

  const watcher = watchFiles(await watchedBy(asked), { ignoreInitial: true });
  let running = Promise.resolve();
  let soon: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(soon);
    soon = setTimeout(() => {
      running = running.then(checkAgain);
    }, SETTLED_MS);
  });
  await once(watcher, 'ready');
  process.stdout.write('\nWatching schemas and operations; Ctrl-C stops.\n');
  await once(process, 'SIGINT');
  clearTimeout(soon);
  await running;
};

const watchedBy = async ({
  config,
  checks,
  operations = 'operations',
  replacement,
}: CommandLine): Promise<string[]> => {
  const configs = await readConfig(config);
  const schemas = configs.flatMap(({ schema }) => (schema.kind === 'file' ? [schema.path] : []));
  return [
    config,
    checks,
    operations,
    ...schemas,
    ...(replacement === null ? [] : [replacement.schema]),
  ];
};
