import { SingleBar } from 'cli-progress';
import type { Totals } from './import.ts';

/** Tells people how far an import is. */
export interface Reporter {
  /** @param reached how many bytes of the file are done */
  readonly update: (totals: Totals, reached: number) => void;
  /** Gives the line back to what is printed next. */
  readonly end: () => void;
}

/** Where it is told: a terminal, a file or a pipe. */
export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

const EVERY_MS = 3_000;

/** A bar on a terminal, elsewhere a plain line every three seconds. */
export const createReporter = (bytes: number, output: Output): Reporter =>
  output.isTTY ? bar(bytes, output) : plainLines(bytes, output);

const bar = (bytes: number, output: Output): Reporter => {
  const shown = new SingleBar({
    stream: output,
    format: '  {bar} {percentage} %  {said}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
    hideCursor: true,
  });
  shown.start(Math.max(1, bytes), 0, { said: '' });
  return {
    update: (totals, reached) => shown.update(reached, { said: countsOf(totals) }),
    end: () => shown.stop(),
  };
};

const plainLines = (bytes: number, output: Output): Reporter => {
  let last = Date.now();
  return {
    update: (totals, reached) => {
      if (Date.now() - last < EVERY_MS) return;
      last = Date.now();
      const percent = Math.min(100, Math.floor((100 * reached) / Math.max(1, bytes)));
      output.write(`  ${percent} %: ${countsOf(totals)}\n`);
    },
    end: () => {},
  };
};

const number = new Intl.NumberFormat('en');

/** Such as `3,480 new, 12 unchanged, 2 rejected`. */
export const countsOf = ({ inserted, updated, unchanged, rejected }: Totals): string => {
  const said = [
    [inserted, 'new'],
    [updated, 'changed'],
    [unchanged, 'unchanged'],
    [rejected, 'rejected'],
  ] as const;
  const told = said.filter(([count]) => count > 0);
  return told.map(([count, word]) => `${number.format(count)} ${word}`).join(', ') || 'nothing';
};
