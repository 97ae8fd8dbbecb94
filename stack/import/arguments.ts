import { parseArgs } from 'node:util';
import { SettingsError } from '../../process/settings.ts';
import { MAX_IMPORT_BATCH } from '../../subgraphs/catalog/imports.ts';

/** What the command line asks for. */
export interface ImportArguments {
  /** A CSV file, or one packed by gzip. */
  readonly file: string;
  /** A folder of JPEG, PNG and WebP photographs. */
  readonly photos: string | undefined;
  /** Whose listings they become. */
  readonly seller: string;
  /** Where everything goes, instead of where its title says. */
  readonly category: string | undefined;
  /** Rows a statement. */
  readonly batch: number;
}

/** Made when it is missing; a handle that was given must exist. */
export const DEFAULT_SELLER = 'imported-goods';

const DEFAULT_BATCH = 500;

export const HELP = `Imports listings from a CSV file into the catalogue, or purchases into what recommendations learn from.
Importing the same file again changes nothing. A file may be packed by gzip: its name then ends with .gz.

  npm run import -- <file.csv> [options]

  --photos <folder>    shows its JPEG, PNG and WebP photographs; what a file shows is the beginning
                       of its name: dress-1.jpg goes to a dress where there is one
  --seller <handle>    whose listings they become (${DEFAULT_SELLER}, which is made when missing)
  --category <slug>    where everything goes (where each title says)
  --batch <rows>       rows a statement, 1 to ${MAX_IMPORT_BATCH} (${DEFAULT_BATCH})
  --help               this text

The first line names the columns, in any order; others are ignored:
  product_id, title, price_gbp [, times_sold]
  id, title, price [, description, condition, brand, currency, category, quantity]
  customer_id, product_id, purchased_at    (of products that were imported before)
`;

/**
 * Reads the command line.
 *
 * @returns 'help' when that is asked for
 * @throws SettingsError in one line that says what is wrong
 */
export const readArguments = (args: readonly string[]): ImportArguments | 'help' => {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) {
    throw new SettingsError(
      `One file is needed, ${positionals.length} were given: npm run import -- products.csv`,
    );
  }
  return {
    file,
    photos: values.photos,
    seller: values.seller ?? DEFAULT_SELLER,
    category: values.category,
    batch: readBatch(values.batch),
  };
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        photos: { type: 'string' },
        seller: { type: 'string' },
        category: { type: 'string' },
        batch: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('. ')[0] : String(error);
    throw new SettingsError(`${reason}: see npm run import -- --help`);
  }
};

const readBatch = (text: string | undefined): number => {
  if (text === undefined) return DEFAULT_BATCH;
  const batch = Number(text);
  if (Number.isInteger(batch) && batch >= 1 && batch <= MAX_IMPORT_BATCH) return batch;
  throw new SettingsError(`--batch ${text}: it is a whole number, 1 to ${MAX_IMPORT_BATCH}`);
};
