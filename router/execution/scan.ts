import { type GraphQLLeafType, isEnumType } from 'graphql';
import type { FieldShape, ObjectShape, ValueShape } from './shape.ts';

// HOT: runs over every character that is spliced.
//
// A scanner finds the end of a value in the JSON text of a subgraph's answer, and that the text is,
// byte for byte, what print.ts would print for the value. It decides nothing: at whatever is not
// plainly that (whitespace, other order, another type, null where there is none, a number written
// otherwise) it throws DEVIATES, and the whole answer is parsed and goes the plain way. So
//
//   - what a scanner passes is valid JSON, and JSON.stringify of its value is the very same text;
//   - what a scanner passes has nothing that complete.ts would report;
//   - a scanner may refuse what is fine: that is slower, and nothing else.

/** Thrown where a text is not what was expected. */
export const DEVIATES = Symbol('a text that has to be parsed');

/** Gives the end of the value that begins at `at`. */
export type Scan = (text: string, at: number) => number;

export const deviate = (): never => {
  throw DEVIATES;
};

/** Passes the very text `expected`. */
export const pass = (text: string, at: number, expected: string): number =>
  text.startsWith(expected, at) ? at + expected.length : deviate();

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COMMA = 0x2c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;

/** Compiles the scanner of a value that the client gets as the subgraph gives it. */
const compileScan = (of: ValueShape): Scan => {
  switch (of.kind) {
    case 'nonNull':
      return compileScanPresent(of.of);
    case 'typename':
      return compileScanPresent(of);
    default: {
      const scan = compileScanPresent(of);
      return (text, at) => (text.startsWith('null', at) ? at + 4 : scan(text, at));
    }
  }
};

const compileScanPresent = (of: ValueShape): Scan => {
  switch (of.kind) {
    case 'typename': {
      const name = `"${of.name}"`;
      return (text, at) => pass(text, at, name);
    }
    case 'leaf':
      return leafScan(of.type);
    case 'list':
      return listScan(compileScan(of.item));
    case 'object':
      return objectScan(of.shape());
    case 'nonNull':
      return compileScanPresent(of.of);
    case 'abstract':
    case 'introspection':
    case 'leftOut':
      throw new Error(`${of.kind} values are not spliced`);
  }
};

const objectScan = ({ fields }: ObjectShape): Scan => {
  const scans = fields.map((field, index) => compileMember(field, index === 0 ? '{' : ','));
  return (text, start) => {
    let at = start;
    for (const { head, scan } of scans) at = scan(text, pass(text, at, head));
    return pass(text, at, '}');
  };
};

/** What stands before a member's value, and the scanner of that value. */
export const compileMember = ({ responseName, value }: FieldShape, before: '{' | ',') => ({
  head: `${before}"${responseName}":`,
  scan: compileScan(value),
});

const listScan =
  (scanItem: Scan): Scan =>
  (text, start) => {
    if (text.charCodeAt(start) !== OPENING_BRACKET) deviate();
    let at = start + 1;
    if (text.charCodeAt(at) === CLOSING_BRACKET) return at + 1;
    for (;;) {
      at = scanItem(text, at);
      const next = text.charCodeAt(at);
      at += 1;
      if (next === CLOSING_BRACKET) return at;
      if (next !== COMMA) deviate();
    }
  };

const leafScan = (type: GraphQLLeafType): Scan => {
  if (isEnumType(type)) {
    const names: ReadonlySet<string> = new Set(type.getValues().map(({ name }) => name));
    return (text, at) => {
      const end = scanString(text, at);
      return names.has(text.slice(at + 1, end - 1)) ? end : deviate();
    };
  }
  switch (type.name) {
    case 'String':
    case 'ID':
      return scanString;
    case 'Int':
      return scanInt;
    case 'Float':
      return scanNumber;
    case 'Boolean':
      return scanBoolean;
    default:
      return scanScalar;
  }
};

/** What may follow a backslash where JSON.stringify has written it: `"\bfnrt`. */
const ESCAPES: ReadonlySet<number> = new Set([...'"\\bfnrt'].map((each) => each.charCodeAt(0)));

export const scanString: Scan = (text, start) => {
  if (text.charCodeAt(start) !== QUOTE) deviate();
  for (let at = start + 1; ; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    // Control characters, and the text's end, which is not a number.
    if (!(unit >= 0x20)) deviate();
    if (unit !== BACKSLASH) continue;
    at += 1;
    if (!ESCAPES.has(text.charCodeAt(at))) deviate();
  }
};

const scanBoolean: Scan = (text, at) => {
  if (text.startsWith('true', at)) return at + 4;
  return pass(text, at, 'false');
};

/** As many digits as every double keeps. */
const SURE_DIGITS = 15;

/** Digits without a zero before them; `-0` is printed as `0`. */
const scanInteger: Scan = (text, start) => {
  const first = text.charCodeAt(start) === MINUS ? start + 1 : start;
  const end = endOfDigits(text, first);
  if (end === first || end - first > SURE_DIGITS) deviate();
  const isLong = text.charCodeAt(first) === ZERO && (end - first > 1 || first > start);
  return isLong ? deviate() : end;
};

export const endOfDigits: Scan = (text, start) => {
  let at = start;
  for (;;) {
    const unit = text.charCodeAt(at);
    if (!(unit >= ZERO && unit <= NINE)) return at;
    at += 1;
  }
};

/** What follows the digits of an integer where more of the number does is refused by the caller. */
const scanInt: Scan = (text, at) => {
  const end = scanInteger(text, at);
  if (end - at < 10) return end;
  const value = Number(text.slice(at, end));
  return (value | 0) === value ? end : deviate();
};

/** Decimals that no double writes otherwise: few digits, no zero at the end, no small exponent. */
const scanNumber: Scan = (text, start) => {
  const point = scanInteger(text, start);
  if (text.charCodeAt(point) !== DOT) return point;
  const end = endOfDigits(text, point + 1);
  const isShort = end - start <= SURE_DIGITS && end > point + 1;
  const isLarge = text.charCodeAt(start) !== ZERO || text.charCodeAt(point + 1) !== ZERO;
  return isShort && isLarge && text.charCodeAt(end - 1) !== ZERO ? end : deviate();
};

/** A scalar of the supergraph's own. Objects and lists may have names twice, or in another order. */
const scanScalar: Scan = (text, at) => {
  const unit = text.charCodeAt(at);
  if (unit === QUOTE) return scanString(text, at);
  return unit > NINE ? scanBoolean(text, at) : scanNumber(text, at);
};
