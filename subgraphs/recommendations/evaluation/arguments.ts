import { parseArgs } from 'node:util';
import { SettingsError } from '../../../process/settings.ts';

/** What the command line asks for. */
export interface EvaluateArguments {
  readonly file: string;
  readonly json: boolean;
  /** Whether settings are looked for first. */
  readonly tune: boolean;
  /** Where the plot goes, if anywhere. */
  readonly plot: string | undefined;
  /** Draws of the bootstrap. */
  readonly samples: number;
}

const DEFAULT_SAMPLES = 2_000;

export const HELP = `Measures how well recommendations foretell what people bought.

  npm run evaluate -- <purchases.csv[.gz]> [options]

  --json            what programs read, on standard output
  --plot <file>     draws the table as an SVG
  --tune            looks for better settings on the validation part first; takes several minutes
  --samples <n>     draws of the bootstrap (${DEFAULT_SAMPLES})
  --help            this text

The file has the columns customer_id, product_id and purchased_at. No database is needed.
`;

/**
 * Reads the command line.
 *
 * @returns 'help' when that is asked for
 * @throws SettingsError in one line that says what is wrong
 */
export const readArguments = (args: readonly string[]): EvaluateArguments | 'help' => {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new SettingsError(
      `One file is needed, ${positionals.length} were given: npm run evaluate -- purchases.csv.gz`,
    );
  }
  const { json = false, tune = false, plot } = values;
  return { file, json, tune, plot, samples: samplesOf(values.samples) };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        plot: { type: 'string' },
        tune: { type: 'boolean' },
        samples: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new SettingsError(`${reason}: see npm run evaluate -- --help`);
  }
};

const samplesOf = (text: string | undefined): number => {
  const samples = text === undefined ? DEFAULT_SAMPLES : Number(text);
  if (Number.isInteger(samples) && samples >= 10 && samples <= 100_000) return samples;
  throw new SettingsError(`--samples ${text}: it is a whole number, 10 to 100000`);
};
