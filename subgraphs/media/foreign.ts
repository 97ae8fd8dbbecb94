/**
 * Files that are two things at once: a picture to one program, and an archive, a page or a script to
 * another. They are made to pass a check as the one and to be used as the other; no camera makes them.
 * (What telephones do append, a moving part or a second exposure, is none of these and simply dropped.)
 */
interface Foreign {
  /** For people: `The file is also …`. */
  readonly name: string;
  readonly isIn: (file: Buffer, text: string) => boolean;
}

/** How far into a file readers of PDF look for its beginning. */
const PDF_HEAD = 1_024;

/** The longest end of a ZIP archive: its record, and a comment of 65,535 bytes. */
const ZIP_TAIL = 22 + 65_535;

const matching = (name: string, pattern: RegExp): Foreign => ({
  name,
  isIn: (_file, text) => pattern.test(text),
});

/**
 * Whether a file ends as a ZIP archive does (JAR, APK, DOCX are ZIP too): the record of its end, PK 5 6,
 * with a comment that reaches to the end of the file exactly, so that four bytes of a picture which happen to say
 * the same do not count.
 */
const endsAsZip = (file: Buffer): boolean => {
  const first = Math.max(0, file.length - ZIP_TAIL);
  for (let at = file.length - 22; at >= first; at -= 1) {
    if (
      file.readUInt32LE(at) === 0x06054b50 &&
      at + 22 + file.readUInt16LE(at + 20) === file.length
    )
      return true;
  }
  return false;
};

const FOREIGN: readonly Foreign[] = [
  { name: 'a ZIP archive', isIn: endsAsZip },
  { name: 'a PDF', isIn: (_file, text) => text.slice(0, PDF_HEAD).includes('%PDF-') },
  { name: 'a TAR archive', isIn: (_file, text) => text.slice(257, 262) === 'ustar' },
  { name: 'a RAR archive', isIn: (_file, text) => text.includes('Rar!\x1a\x07') },
  { name: 'a 7z archive', isIn: (_file, text) => text.includes('7z\xbc\xaf\x27\x1c') },
  matching('a script', /<script[\s>/]|<\?php/i),
  matching('a page', /<!doctype html|<html[\s>]|<iframe[\s>]/i),
  matching('a drawing in SVG', /<svg[\s>]/i),
];

/** What else a file is that begins as a picture, such as `a ZIP archive`; null where it is nothing else. */
export const whatElse = (file: Buffer): string | null => {
  const text = file.toString('latin1');
  return FOREIGN.find(({ isIn }) => isIn(file, text))?.name ?? null;
};
