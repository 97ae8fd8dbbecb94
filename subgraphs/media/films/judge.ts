import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Refusal } from '../errors.ts';
import { DIGEST_LENGTH } from '../sources.ts';
import { type FilmFacts, readFilm } from './container.ts';

/** A film that may be packaged. */
export interface Film {
  /** In pixels, as it is shown. */
  readonly width: number;
  readonly height: number;
  /** One decimal. */
  readonly durationSeconds: string;
  /** Of the file as it came. */
  readonly digest: string;
  /** A `data:` URL, until there is a still. */
  readonly placeholder: string;
}

/** In seconds. */
const MAX_DURATION = 600;

const MAX_PIXELS = 3_840 * 2_160;

/** Grey, as nothing is known of what it shows. */
const PLACEHOLDER =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9'%3E%3Cpath fill='%23888' d='M0 0h16v9H0'/%3E%3C/svg%3E";

/**
 * What is known of a film from its container, or why it does not become one.
 *
 * @param transcodes whether it will be encoded anew; if not, only codings that all browsers play are taken
 */
export const judgeFilm = async (file: string, transcodes: boolean): Promise<Film | Refusal> => {
  const facts = await readFilm(file);
  if (typeof facts === 'string') return facts === 'damaged' ? DAMAGED : NO_FILM;
  return (
    refusalOf(facts, transcodes) ?? {
      width: facts.width,
      height: facts.height,
      durationSeconds: facts.durationSeconds.toFixed(1),
      digest: await digestOfFile(file),
      placeholder: PLACEHOLDER,
    }
  );
};

const refusalOf = (facts: FilmFacts, transcodes: boolean): Refusal | null => {
  if (facts.width * facts.height > MAX_PIXELS) return TOO_MANY_PIXELS;
  if (facts.durationSeconds > MAX_DURATION) return TOO_LONG;
  if (facts.durationSeconds < 0.1) return TOO_SHORT;
  return transcodes || facts.playsEverywhere ? null : OTHER_CODING;
};

const NO_FILM: Refusal = {
  code: 'UNSUPPORTED_TYPE',
  message: 'The file is no film in MP4, MOV, WebM or Matroska, whatever its name says.',
};

const DAMAGED: Refusal = {
  code: 'DAMAGED',
  message: 'The film cannot be read to its end; export it again and send that.',
};

const TOO_MANY_PIXELS: Refusal = {
  code: 'TOO_MANY_PIXELS',
  message: 'A film has at most 3840 x 2160 pixels; export it smaller.',
};

const TOO_LONG: Refusal = {
  code: 'TOO_LONG',
  message: `A film plays for at most ${MAX_DURATION / 60} minutes; cut it.`,
};

const TOO_SHORT: Refusal = { code: 'INVALID', message: 'A film plays for at least 0.1 seconds.' };

const OTHER_CODING: Refusal = {
  code: 'UNSUPPORTED_TYPE',
  message: 'The film is not coded as H.264 with AAC; export it so.',
};

const digestOfFile = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex').slice(0, DIGEST_LENGTH);
};
