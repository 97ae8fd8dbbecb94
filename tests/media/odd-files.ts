import { randomBytes } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** What a file of the corpus is to become: a picture, or a refusal of that code. */
export type Verdict = 'taken' | 'EMPTY' | 'UNSUPPORTED_TYPE' | 'DAMAGED' | 'TOO_MANY_PIXELS';

export interface OddFile {
  readonly name: string;
  readonly verdict: Verdict;
  readonly make: () => Promise<Buffer> | Buffer;
}

const noise = (width = 96, height = 64) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } });

const jpeg = (): Promise<Buffer> => noise().jpeg().toBuffer();
const png = (): Promise<Buffer> => noise().png().toBuffer();
const gif = (): Promise<Buffer> => noise().gif().toBuffer();

const text = (content: string) => (): Buffer => Buffer.from(content);

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>';
const SCRIPTED_SVG = `<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(document.cookie)</script></svg>`;
const HTML = '<!DOCTYPE html><html><body><script>alert(1)</script></body></html>';

/** A ZIP archive that holds `a.txt`, uncompressed, as JAR and DOCX are. */
const zip = (comment = ''): Buffer => {
  const name = Buffer.from('../../a.txt');
  const content = Buffer.from('content');
  const facts = Buffer.alloc(22);
  facts.writeUInt32LE(crc32(content), 8);
  facts.writeUInt32LE(content.length, 12);
  facts.writeUInt32LE(content.length, 16);
  facts.writeUInt16LE(name.length, 20);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.alloc(4), name]);
  const file = Buffer.concat([local, content]);
  const central = Buffer.concat([
    ...[Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), facts, Buffer.alloc(18), name],
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(file.length, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([file, central, end, Buffer.from(comment)]);
};

const pngChunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
};

/** A PNG that says it is so large, of as few bytes as that takes. */
const hugePng = (width: number, height: number, rows: number): Buffer => {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.alloc(Math.ceil(width / 8 + 1) * rows), { level: 9 });
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', pixels),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
};

const withPngText = async (value: string): Promise<Buffer> => {
  const file = await png();
  const end = file.length - 12;
  const chunk = pngChunk('tEXt', Buffer.from(`Comment\0${value}`));
  return Buffer.concat([file.subarray(0, end), chunk, file.subarray(end)]);
};

/** A JPEG with a comment behind its first marker. */
const withJpegComment = async (value: Buffer): Promise<Buffer> => {
  const file = await jpeg();
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xfffe);
  head.writeUInt16BE(value.length + 2, 2);
  return Buffer.concat([file.subarray(0, 2), head, value, file.subarray(2)]);
};

const joined = async (first: Buffer | Promise<Buffer>, ...rest: readonly (Buffer | string)[]) =>
  Buffer.concat([await first, ...rest.map((each) => Buffer.from(each))]);

const half = async (file: Promise<Buffer>): Promise<Buffer> => {
  const whole = await file;
  return whole.subarray(0, whole.length / 2);
};

/** A TAR header whose file's name is a JPEG's beginning. */
const tarJpeg = async (): Promise<Buffer> => {
  const file = await withJpegComment(Buffer.alloc(600, 0x20));
  file.write('ustar', 257, 'latin1');
  return file;
};

const animated = (format: 'gif' | 'webp'): Promise<Buffer> =>
  sharp(randomBytes(40 * 40 * 3 * 5), {
    raw: { width: 40, height: 200, channels: 3, pageHeight: 40 },
  })
    [format]({ loop: 0 })
    .toBuffer();

const bmp = (): Buffer => Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]);

/** Files that people, cameras and attackers send, and what is to become of each. */
export const ODD_FILES: readonly OddFile[] = [
  { name: 'a JPEG', verdict: 'taken', make: jpeg },
  { name: 'a PNG', verdict: 'taken', make: png },
  { name: 'a WebP', verdict: 'taken', make: () => noise().webp().toBuffer() },
  { name: 'an AVIF', verdict: 'taken', make: () => noise().avif({ effort: 0 }).toBuffer() },
  { name: 'a GIF', verdict: 'taken', make: gif },
  { name: 'a GIF that moves', verdict: 'taken', make: () => animated('gif') },
  { name: 'a WebP that moves', verdict: 'taken', make: () => animated('webp') },
  {
    name: 'a CMYK JPEG',
    verdict: 'taken',
    make: () => noise().toColourspace('cmyk').jpeg().toBuffer(),
  },
  {
    name: 'a PNG of 16 bits with alpha',
    verdict: 'taken',
    make: () => noise().ensureAlpha(0.5).toColourspace('rgb16').png().toBuffer(),
  },
  {
    name: 'a JPEG with place and camera',
    verdict: 'taken',
    make: () =>
      noise()
        .jpeg()
        .withExif({ IFD0: { Model: 'Secret' }, IFD3: { GPSLatitudeRef: 'N' } })
        .toBuffer(),
  },
  { name: 'a picture of one pixel', verdict: 'taken', make: () => noise(1, 1).png().toBuffer() },
  {
    name: 'a picture as wide as a hair',
    verdict: 'taken',
    make: () => noise(1, 9_000).png().toBuffer(),
  },
  {
    name: 'a JPEG with a film behind it, as telephones make them',
    verdict: 'taken',
    make: () => joined(jpeg(), '\0\0\0\x18ftypmp42', randomBytes(5_000)),
  },
  { name: 'no bytes', verdict: 'EMPTY', make: () => Buffer.alloc(0) },
  { name: 'one byte', verdict: 'UNSUPPORTED_TYPE', make: text('x') },
  { name: 'noise', verdict: 'UNSUPPORTED_TYPE', make: () => Buffer.alloc(4_096, 0xa5) },
  { name: 'an SVG', verdict: 'UNSUPPORTED_TYPE', make: text(SVG) },
  { name: 'an SVG with a script', verdict: 'UNSUPPORTED_TYPE', make: text(SCRIPTED_SVG) },
  { name: 'a page', verdict: 'UNSUPPORTED_TYPE', make: text(HTML) },
  { name: 'a PDF', verdict: 'UNSUPPORTED_TYPE', make: text('%PDF-1.7\n%%EOF') },
  { name: 'a PHP script', verdict: 'UNSUPPORTED_TYPE', make: text('<?php system($_GET[0]);') },
  {
    name: 'a script that begins as a GIF',
    verdict: 'UNSUPPORTED_TYPE',
    make: text('GIF89a=1;<script>alert(1)</script>'),
  },
  { name: 'a ZIP archive', verdict: 'UNSUPPORTED_TYPE', make: () => zip() },
  { name: 'a program', verdict: 'UNSUPPORTED_TYPE', make: text('\x7fELF\x02\x01\x01') },
  { name: 'a BMP', verdict: 'UNSUPPORTED_TYPE', make: bmp },
  { name: 'a TIFF', verdict: 'UNSUPPORTED_TYPE', make: () => noise().tiff().toBuffer() },
  { name: 'an MP4', verdict: 'UNSUPPORTED_TYPE', make: text('\0\0\0\x18ftypisom\0\0\0\0isomiso2') },
  {
    name: 'a HEIC',
    verdict: 'UNSUPPORTED_TYPE',
    make: text('\0\0\0\x18ftypheic\0\0\0\0heicmif1'),
  },
  { name: 'a GIF and a JAR', verdict: 'UNSUPPORTED_TYPE', make: () => joined(gif(), zip()) },
  {
    name: 'a JPEG and a ZIP with a comment',
    verdict: 'UNSUPPORTED_TYPE',
    make: () => joined(jpeg(), zip('a comment')),
  },
  { name: 'a JPEG and a page', verdict: 'UNSUPPORTED_TYPE', make: () => joined(jpeg(), HTML) },
  {
    name: 'a JPEG with a script in its comment',
    verdict: 'UNSUPPORTED_TYPE',
    make: () => withJpegComment(Buffer.from('*/=1;/*<SCRIPT src=x>')),
  },
  {
    name: 'a JPEG and a PDF',
    verdict: 'UNSUPPORTED_TYPE',
    make: () => withJpegComment(Buffer.from('%PDF-1.7\n1 0 obj')),
  },
  { name: 'a JPEG and a TAR', verdict: 'UNSUPPORTED_TYPE', make: tarJpeg },
  {
    name: 'a JPEG and a RAR',
    verdict: 'UNSUPPORTED_TYPE',
    make: () => joined(jpeg(), 'Rar!\x1a\x07\x01\0'),
  },
  {
    name: 'a PNG with PHP in its text',
    verdict: 'UNSUPPORTED_TYPE',
    make: () => withPngText('<?php echo 1;'),
  },
  { name: 'a PNG and an SVG', verdict: 'UNSUPPORTED_TYPE', make: () => joined(png(), SVG) },
  {
    name: 'a PNG of 10 gigapixels',
    verdict: 'TOO_MANY_PIXELS',
    make: () => hugePng(100_000, 100_000, 1),
  },
  {
    name: 'a bomb: 72 megapixels in 9 KB',
    verdict: 'TOO_MANY_PIXELS',
    make: () => hugePng(9_000, 8_000, 8_000),
  },
  {
    name: 'a PNG that lies about its size',
    verdict: 'DAMAGED',
    make: () => hugePng(5_000, 5_000, 10),
  },
  { name: 'half a JPEG', verdict: 'DAMAGED', make: () => half(jpeg()) },
  { name: 'half a PNG', verdict: 'DAMAGED', make: () => half(png()) },
  { name: 'half a WebP', verdict: 'DAMAGED', make: () => half(noise().webp().toBuffer()) },
  {
    name: 'the beginning of a JPEG',
    verdict: 'DAMAGED',
    make: () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
  },
  {
    name: 'the beginning of a PNG',
    verdict: 'DAMAGED',
    make: () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  },
];
