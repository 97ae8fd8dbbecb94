import { createReadStream } from 'node:fs';
import { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Info, parse } from 'csv-parse';
import { SettingsError } from '../../process/settings.ts';

/** A row of a CSV file. */
export interface CsvRow {
  /** Where it begins, counted from 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** Offset behind it, in bytes of the text. */
  readonly end: number;
}

export interface CsvFile {
  /** The header first. Read once, and only as fast as it is asked for. */
  readonly rows: AsyncGenerator<CsvRow, void, undefined>;
  /** Bytes taken from the file so far, packed where it is. */
  readonly bytesRead: () => number;
}

/** In bytes. Without an end, a quotation mark that is never closed would read the file into memory. */
const MAX_ROW = 1_000_000;

/**
 * Opens a CSV file (RFC 4180; UTF-8, with or without a byte order mark, lines that end with LF or
 * CRLF, empty lines skipped). What ends with `.gz` is unpacked on the way.
 */
export const openCsv = (file: string): CsvFile => {
  const source = createReadStream(file);
  return { rows: readRows(source, file), bytesRead: () => source.bytesRead };
};

async function* readRows(
  source: ReturnType<typeof createReadStream>,
  file: string,
): AsyncGenerator<CsvRow, void, undefined> {
  const lines = countLines();
  /** How many rows stood before the first one that is broken. */
  let whole = Number.POSITIVE_INFINITY;
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW,
    // An error would take away the rows that are read and not fetched yet. Rows behind a broken one
    // may be anything, because where it ends is not known.
    skip_records_with_error: true,
    on_skip: () => {
      whole = Math.min(whole, parser.info.records);
    },
  });
  source.on('error', (error) => parser.destroy(error));
  unpacked(source, file, (error) => parser.destroy(error))
    .pipe(lines.stream)
    .pipe(parser);
  let read = 0;
  let lastLine = 0;
  try {
    for await (const parsed of parser) {
      if (read === whole) break;
      // What `info` makes of a row.
      const { record, info } = parsed as { record: string[]; info: Info };
      read += 1;
      lastLine = lines.endingBefore(info.bytes);
      yield { line: lastLine - breaksIn(record), fields: record, end: info.bytes };
    }
  } finally {
    source.destroy();
  }
  if (whole === Number.POSITIVE_INFINITY) return;
  throw new SettingsError(
    `${file}, from line ${lastLine + 1} on: a quotation mark is not closed, or stands where none may; double it within a value ("") and run the import again`,
  );
}

const unpacked = (
  source: ReturnType<typeof createReadStream>,
  file: string,
  onError: (error: Error) => void,
): NodeJS.ReadableStream => {
  if (!file.endsWith('.gz')) return source;
  const words = `${file} is cut off or was not packed by gzip; what stands before that was read`;
  return source.pipe(createGunzip()).on('error', () => onError(new SettingsError(words)));
};

/**
 * Counts lines as the bytes go by. The parser's own count takes CRLF within quotes for two lines,
 * while its count of bytes is right.
 */
const countLines = () => {
  /** Offsets behind line feeds that no row has reached yet. */
  let ends: number[] = [];
  let passed = 0;
  let offset = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, at + 1)) {
        ends.push(offset + at + 1);
      }
      offset += chunk.length;
      done(null, chunk);
    },
  });
  return {
    stream,
    /** The line in which the byte before `position` stands. */
    endingBefore: (position: number): number => {
      const next = ends.findIndex((end) => end > position);
      const reached = next < 0 ? ends.length : next;
      const isAtEnd = reached > 0 && ends[reached - 1] === position;
      passed += reached;
      ends = ends.slice(reached);
      return isAtEnd ? passed : passed + 1;
    },
  };
};

const LF = 0x0a;

const breaksIn = (fields: readonly string[]): number =>
  fields.reduce((sum, field) => sum + field.split('\n').length - 1, 0);

/** A line of CSV, ended. */
export const csvLine = (fields: readonly string[]): string =>
  `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\r\n`;
