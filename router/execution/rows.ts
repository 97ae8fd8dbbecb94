import { compileMember, DEVIATES, deviate, endOfDigits, pass, scanString } from './scan.ts';
import type { FieldShape } from './shape.ts';
import { Spliced } from './spliced.ts';
import { copyOf, type Json, type JsonObject, mergeField, setOwn } from './tree.ts';

// HOT: runs over every answer of which something is spliced.
//
// Reads the text of a subgraph's answer: what other fetches need becomes values, the rest of what
// clients see is Spliced. Objects that a fetch is for are read as rows, a cell for each column, so that
// none is made only to be merged into another.
//
//   - Expected is `{"data":…}` with members in the order of the columns and nothing beside; any other
//     text is given back as null, and parsed by the caller.
//   - Values are what JSON.parse gives for the same text.

/** One or more fields of an object, as they follow each other in an answer. */
export type Column =
  /** Its text stays as it is. */
  | { readonly kind: 'spliced'; readonly fields: readonly [FieldShape, ...FieldShape[]] }
  /** Always the same. */
  | { readonly kind: 'typename'; readonly name: string; readonly type: string }
  | { readonly kind: 'value'; readonly name: string }
  | { readonly kind: 'object'; readonly name: string; readonly columns: readonly Column[] };

/** What an answer said of the objects that a fetch is for. */
export interface Rows {
  /** Of the fields, by column; of several that are one text, the first. */
  readonly names: readonly string[];
  /** Row after row; undefined where there is no object. */
  readonly cells: Json[];
  /** Whether cells hold objects, into which more is merged. */
  readonly hasObjects: boolean;
}

/** Null where the text is not as expected. */
export type ReadRows = (text: string) => Rows | null;

interface Cursor {
  readonly text: string;
  at: number;
}

type Read = (cursor: Cursor) => Json;

interface Member {
  readonly head: string;
  readonly name: string;
  readonly read: Read;
}

export const countRows = ({ names, cells }: Rows): number => cells.length / names.length;

/** Merges what was said of one object into it. */
export const mergeRow = (target: JsonObject, { names, cells }: Rows, row: number): void => {
  const first = row * names.length;
  for (let column = 0; column < names.length; column += 1) {
    const value = cells[first + column];
    // The loop ends before.
    if (value !== undefined) mergeField(target, names[column] as string, value);
  }
};

/** Adds a copy of a row that shares nothing that is merged into, and gives its number. */
export const copyRow = (rows: Rows, row: number): number => {
  const { names, cells } = rows;
  const added = countRows(rows);
  const first = row * names.length;
  for (let column = 0; column < names.length; column += 1) {
    cells.push(copyOf(cells[first + column]));
  }
  return added;
};

/**
 * Compiles the reader of answers that have those columns.
 *
 * @param of `entities`: a row for each item of `_entities`; `root`: one row
 */
export const compileRows = (columns: readonly Column[], of: 'entities' | 'root'): ReadRows => {
  const members = compileMembers(columns);
  const names = members.map(({ name }) => name);
  const hasObjects = columns.some(({ kind }) => kind === 'object' || kind === 'value');
  const read = of === 'root' ? readRoot : readEntities;
  return (text) => {
    const cells: Json[] = [];
    try {
      read({ text, at: 0 }, members, cells);
      return { names, cells, hasObjects };
    } catch (thrown) {
      if (thrown === DEVIATES || thrown instanceof SyntaxError) return null;
      throw thrown;
    }
  };
};

const readRoot = (cursor: Cursor, members: readonly Member[], cells: Json[]): void => {
  expect(cursor, '{"data":');
  readRow(cursor, members, cells);
  expectEnd(cursor, '}');
};

const readEntities = (cursor: Cursor, members: readonly Member[], cells: Json[]): void => {
  expect(cursor, '{"data":{"_entities":');
  const absent = members.map(() => undefined);
  readItems(cursor, () => {
    if (!skips(cursor, 'null')) readRow(cursor, members, cells);
    else cells.push(...absent);
  });
  expectEnd(cursor, '}}');
};

const readRow = (cursor: Cursor, members: readonly Member[], cells: Json[]): void => {
  for (let at = 0; at < members.length; at += 1) {
    // The loop ends before.
    const member = members[at] as Member;
    expect(cursor, member.head);
    cells.push(member.read(cursor));
  }
  expect(cursor, '}');
};

const expect = (cursor: Cursor, expected: string): void => {
  cursor.at = pass(cursor.text, cursor.at, expected);
};

/** Servers like to end a body with a line break. */
const expectEnd = (cursor: Cursor, expected: string): void => {
  expect(cursor, expected);
  skips(cursor, '\n');
  if (cursor.at !== cursor.text.length) deviate();
};

const skips = (cursor: Cursor, optional: string): boolean => {
  if (!cursor.text.startsWith(optional, cursor.at)) return false;
  cursor.at += optional.length;
  return true;
};

const readItems = (cursor: Cursor, readItem: () => void): void => {
  expect(cursor, '[');
  if (skips(cursor, ']')) return;
  do readItem();
  while (skips(cursor, ','));
  expect(cursor, ']');
};

const compileMembers = (columns: readonly Column[]): readonly Member[] =>
  columns.map((column, index) => {
    const name = column.kind === 'spliced' ? column.fields[0].responseName : column.name;
    const head = `${index === 0 ? '{' : ','}"${name}":`;
    return { head, name, read: compileRead(column) };
  });

const compileRead = (column: Column): Read => {
  switch (column.kind) {
    case 'spliced':
      return splice(column.fields);
    case 'typename': {
      const text = `"${column.type}"`;
      return (cursor) => {
        expect(cursor, text);
        return column.type;
      };
    }
    case 'value':
      return readValue;
    case 'object':
      return readObjects(compileMembers(column.columns));
  }
};

const splice = ([first, ...rest]: readonly [FieldShape, ...FieldShape[]]): Read => {
  const { scan } = compileMember(first, ',');
  const others = rest.map((field) => compileMember(field, ','));
  const fields = 1 + others.length;
  return (cursor) => {
    const { text, at: start } = cursor;
    let at = scan(text, start);
    for (const other of others) at = other.scan(text, pass(text, at, other.head));
    cursor.at = at;
    return new Spliced(fields, text, start, at);
  };
};

/** Objects, in lists or not. */
const readObjects = (members: readonly Member[]): Read => {
  const read: Read = (cursor) => {
    const unit = cursor.text.charCodeAt(cursor.at);
    if (unit === OPENING_BRACE) return readObject(cursor, members);
    if (unit !== OPENING_BRACKET) return skips(cursor, 'null') ? null : deviate();
    const items: Json[] = [];
    readItems(cursor, () => {
      items.push(read(cursor));
    });
    return items;
  };
  return read;
};

const readObject = (cursor: Cursor, members: readonly Member[]): JsonObject => {
  const object: JsonObject = {};
  for (let at = 0; at < members.length; at += 1) {
    // The loop ends before.
    const member = members[at] as Member;
    expect(cursor, member.head);
    setOwn(object, member.name, member.read(cursor));
  }
  expect(cursor, '}');
  return object;
};

const QUOTE = 0x22;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACE = 0x7d;
const CLOSING_BRACKET = 0x5d;
const COMMA = 0x2c;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;

/** A value of any kind. */
const readValue: Read = (cursor) => {
  const { text, at } = cursor;
  const unit = text.charCodeAt(at);
  if (unit === QUOTE) {
    cursor.at = scanString(text, at);
    const string = text.slice(at + 1, cursor.at - 1);
    return string.includes('\\') ? JSON.parse(text.slice(at, cursor.at)) : string;
  }
  const end = unit > ZERO && unit <= NINE ? endOfDigits(text, at) : at;
  if (end > at && end - at < 10 && endsValue(text.charCodeAt(end))) {
    cursor.at = end;
    return integer(text, at, end);
  }
  cursor.at = endOfValue(text, at);
  return JSON.parse(text.slice(at, cursor.at));
};

const integer = (text: string, start: number, end: number): number => {
  let value = 0;
  for (let at = start; at < end; at += 1) value = value * 10 + text.charCodeAt(at) - ZERO;
  return value;
};

const endsValue = (unit: number): boolean =>
  unit === COMMA || unit === CLOSING_BRACE || unit === CLOSING_BRACKET;

/** Where a value ends, if it is one: whoever parses what lies between sees whether it is. */
const endOfValue = (text: string, start: number): number => {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    const closes = unit === CLOSING_BRACE || unit === CLOSING_BRACKET;
    if (depth === 0 && (closes || unit === COMMA)) return at;
    if (closes) depth -= 1;
    else if (unit === OPENING_BRACE || unit === OPENING_BRACKET) depth += 1;
    at += 1;
  }
  return deviate();
};

/** A string of any kind, escaped in any way. */
const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at + 1;
    if (unit === BACKSLASH) at += 1;
  }
  return deviate();
};
