import { type Logger, pino } from 'pino';
import type { Data } from './http.ts';

/** A log that a test reads. */
export interface LogLines {
  readonly log: Logger;
  /** Everything that was logged, in order. */
  readonly lines: readonly Data[];
  /** The first line with that message, from the line `from` on, as soon as it is there. */
  readonly until: (message: string, from?: number) => Promise<Data>;
}

export const createLogLines = (): LogLines => {
  const lines: Data[] = [];
  const waiting: (() => void)[] = [];
  const write = (line: string): void => {
    lines.push(JSON.parse(line));
    for (const look of waiting.splice(0)) look();
  };
  return {
    log: pino({ level: 'info' }, { write }),
    lines,
    until: async (message, from = 0) => {
      for (;;) {
        const found = lines.slice(from).find(({ msg }) => msg === message);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
};
