import { writeFile } from 'node:fs/promises';
import { SettingsError } from '../../../process/settings.ts';
import { BLEND, HALF_LIFE_DAYS, POPULARITY_EXPONENT } from '../weights.ts';
import { HELP, readArguments } from './arguments.ts';
import type { ContestSettings } from './contestants.ts';
import { evaluateOnTest } from './evaluate.ts';
import { plotOf } from './plot.ts';
import { readPurchases } from './purchases.ts';
import { jsonOf, tableOf, wordsOf } from './report.ts';
import { type Trial, tune } from './tune.ts';

/** What the market itself learns with. */
const OWN: ContestSettings = {
  blend: BLEND,
  halfLifeDays: HALF_LIFE_DAYS,
  popularityExponent: POPULARITY_EXPONENT,
};

/** Beside the results, which are for standard output alone. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const main = async (): Promise<void> => {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') {
    process.stdout.write(HELP);
    return;
  }
  const purchases = await readPurchases(options.file);
  say(`  ${purchases.length} purchases`);
  const settings = options.tune ? tune(purchases, OWN, sayTrial) : OWN;
  say(`  ${wordsOf(settings)}`);
  const evaluation = evaluateOnTest(purchases, settings, options.samples, progress());
  if (options.plot !== undefined) await writeFile(options.plot, plotOf(evaluation));
  process.stdout.write(options.json ? jsonOf(evaluation) : tableOf(evaluation));
};

const sayTrial = ({ settings, recall20, ndcg10 }: Trial): void =>
  say(
    `  validation: Recall@20 ${recall20.toFixed(4)}, NDCG@10 ${ndcg10.toFixed(4)} with ${wordsOf(settings)}`,
  );

/** A line for every quarter. */
const progress = (): ((share: number) => void) => {
  let told = 0;
  return (share) => {
    if (Math.floor(share * 4) <= told) return;
    told = Math.floor(share * 4);
    say(`  EASE: ${told * 25} %`);
  };
};

try {
  await main();
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  // What nobody foresaw is a defect, and its stack tells where.
  const words = error instanceof SettingsError ? message : error instanceof Error && error.stack;
  process.stderr.write(`${words || message}\n`);
  process.exitCode = 1;
}
