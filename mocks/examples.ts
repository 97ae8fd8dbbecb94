import {
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { isNode, LineCounter, parseDocument } from 'yaml';
import { SettingsError } from '../process/settings.ts';
import { connectionOf } from './connections.ts';
import { type Given, isGiven, own } from './object.ts';

/** What examples say of one field. */
export interface Example {
  /** It is always null. */
  readonly isNull: boolean;
  /** What it may be; empty where the examples do not say. */
  readonly values: readonly unknown[];
  /** How long a list is, or how many items a connection has in all; null where the examples do not say. */
  readonly length: number | null;
}

/** Examples by `Type.field`, and by the name of a scalar or an enum. */
export type Examples = ReadonlyMap<string, Example>;

export const NO_EXAMPLES: Examples = new Map();

/** Says what is wrong with the example at a path of the file. */
type Complain = (path: readonly string[], problem: string) => SettingsError;

/**
 * Reads what a mock's values are to look like:
 *
 *   Product:
 *     title: [Walnut chair, Brass lamp]      # one of them, by the item
 *     soldAt: null                           # always
 *     price: { currencyCode: EUR }           # of an object what is always the same
 *   Query:
 *     trending: { length: 3 }                # a list, or all that a connection pages through
 *     tags: { length: 2, of: [old, rare] }
 *   Decimal: ["19.90", "4.50"]               # of every such scalar
 *
 * @param text YAML, which JSON is too
 * @param file what it is called in messages
 * @throws SettingsError in one line: file, line and path, what is wrong, and the cure
 */
export const readExamples = (text: string, file: string, schema: GraphQLSchema): Examples => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const lineAt = (path: readonly string[]): number => {
    const node = document.getIn(path, true);
    return isNode(node) && node.range != null ? lines.linePos(node.range[0]).line : 1;
  };
  const complain: Complain = (path, problem) =>
    new SettingsError(
      [`${file}:${lineAt(path)}`, path.join('.'), problem].filter(Boolean).join(': '),
    );
  const [broken] = document.errors;
  if (broken !== undefined) {
    const { line } = lines.linePos(broken.pos[0]);
    throw new SettingsError(`${file}:${line}: not YAML: ${broken.message.split(/ at line|\n/)[0]}`);
  }
  const content: unknown = document.toJS();
  if (content === null || content === undefined) return NO_EXAMPLES;
  if (!isGiven(content)) throw complain([], 'no map: write a type, and below it its fields');
  return new Map(
    Object.entries(content).flatMap(([name, value]) => examplesOf(schema, name, value, complain)),
  );
};

const examplesOf = (
  schema: GraphQLSchema,
  name: string,
  value: unknown,
  complain: Complain,
): readonly (readonly [string, Example])[] => {
  const type = schema.getType(name);
  if (isLeafType(type)) return [[name, exampleOf(type, value, [name], complain)]];
  if (!isObjectType(type)) {
    throw complain([name], 'the schema has no such object, scalar or enum: correct the name');
  }
  if (!isGiven(value)) throw complain([name], 'no map: write its fields below it');
  return Object.entries(value).map(([fieldName, example]) => {
    const path = [name, fieldName];
    const field: GraphQLField<unknown, unknown> | undefined = type.getFields()[fieldName];
    if (field === undefined) {
      const known = Object.keys(type.getFields()).join(', ');
      throw complain(path, `no such field: there are ${known}`);
    }
    return [path.join('.'), exampleOf(field.type, example, path, complain)] as const;
  });
};

const exampleOf = (
  type: GraphQLOutputType,
  value: unknown,
  path: readonly string[],
  complain: Complain,
): Example => {
  if (value === null) {
    if (!isNonNullType(type)) return { isNull: true, values: [], length: null };
    throw complain(path, `the schema says ${type}, so it is never null`);
  }
  const named = getNamedType(type);
  const hasLength = isListType(getNullableType(type)) || connectionOf(named) !== null;
  const isLong = hasLength && isGiven(value) && 'length' in value;
  const length = isLong ? lengthIn(value, path, complain) : null;
  const listed = isLong ? (own(value, 'of') ?? []) : value;
  const values: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
  for (const each of values) {
    if (!isPossible(type, each)) {
      throw complain(path, `${JSON.stringify(each)} is no ${named}: write one, or leave it out`);
    }
  }
  return { isNull: false, values, length };
};

const lengthIn = (value: Given, path: readonly string[], complain: Complain): number => {
  const length = own(value, 'length');
  if (Number.isInteger(length) && Number(length) >= 0) return Number(length);
  throw complain([...path, 'length'], 'no length: write a whole number, such as 3');
};

const isPossible = (type: GraphQLOutputType, value: unknown): boolean => {
  const named = getNamedType(type);
  if (!isLeafType(named)) return isGiven(value);
  try {
    named.serialize(value);
    return value !== null;
  } catch {
    return false;
  }
};
