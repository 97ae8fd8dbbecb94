import path from 'node:path';
import { SettingsError } from '../../process/settings.ts';
import { readMediaSettings } from '../../subgraphs/media/settings.ts';
import { openDataFolder } from '../data-folder.ts';
import { readStackSettings } from '../settings.ts';
import { HELP, type ImportArguments, readArguments } from './arguments.ts';
import { countsOf } from './report.ts';
import { needed, runImport } from './run.ts';
import type { Summary } from './surroundings.ts';
import { openTarget } from './target.ts';

/** As shells tell of Ctrl-C. */
const INTERRUPTED = 130;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const main = async (): Promise<number> => {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const settings = readStackSettings(process.env);
  const data = openDataFolder(settings.dataFolder);
  const media = readMediaSettings();
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(name, () => stop.abort());

  const target = await openTarget(settings, data, await needed(options), print);
  try {
    const summary = await runImport(options, {
      urls: target.urls,
      // The launcher gives the media subgraph this folder unless it is told otherwise.
      media: { ...media, ...(process.env['MEDIA_DIR'] === undefined && { folder: data.media }) },
      rejectsFolder: path.join(data.path, 'import'),
      output: process.stdout,
      signal: stop.signal,
    });
    tell(options, summary);
    if (!stop.signal.aborted) return 0;
    print('  Stopped half-way; run it again to go on.');
    return INTERRUPTED;
  } finally {
    await target.close();
  }
};

const tell = ({ file }: ImportArguments, { totals, photographs, rejectsFile }: Summary): void => {
  print(`  ${path.basename(file)}: ${countsOf(totals)}`);
  if (photographs > 0) print(`  ${photographs} of them got a photograph`);
  if (totals.rejected > 0) print(`  The rejected rows, and why: ${rejectsFile}`);
};

try {
  process.exitCode = await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  // What nobody foresaw is a defect, and its stack tells where.
  const words = error instanceof SettingsError ? message : error instanceof Error && error.stack;
  process.stderr.write(`${words || message}\n`);
  process.exitCode = 1;
}
