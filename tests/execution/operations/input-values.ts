import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { choose, hash } from '../world/hash.ts';

const STRINGS = [
  'plain',
  '',
  'with "quotes"',
  'back\\slash \\u0041  `',
  'lines\n\r\tand \u2028 \u2029',
  '\u0000 \u0007',
  '"""',
  '🙂 é',
  '__proto__',
];

const IDS = ['Product:1', 'Media:2', '5', '', 'a "b"'];

const JSONS: readonly unknown[] = [
  null,
  true,
  0,
  -1.5,
  'text "quoted"',
  [],
  [1, ['two', null]],
  {},
  { one: { two: [3] }, constructor: 'c' },
  JSON.parse('{"__proto__": {"x": 1}}'),
];

/** A value of an input type, as JSON, that follows from `where`. */
export const inputValue = (type: GraphQLInputType, where: string, depth = 0): unknown => {
  if (isNonNullType(type)) return presentValue(type.ofType, where, depth);
  return hash(`${where}?`) % 6 === 0 ? null : presentValue(type, where, depth);
};

const presentValue = (type: GraphQLInputType, where: string, depth: number): unknown => {
  if (isNonNullType(type)) return presentValue(type.ofType, where, depth);
  if (isListType(type)) return listValue(type.ofType, where, depth);
  if (isEnumType(type)) {
    return choose(
      type.getValues().map(({ name }) => name),
      where,
    );
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) =>
        isRequiredInputField(field) || (depth < 2 && hash(`${where}.${field.name}!`) % 2 === 0),
    );
    return Object.fromEntries(
      fields.map(({ name, type: of }) => [name, inputValue(of, `${where}.${name}`, depth + 1)]),
    );
  }
  switch (type.name) {
    case 'Int':
      return choose([0, 1, 2, -7, 2_147_483_647], where);
    case 'Float':
      return choose([0, 1.5, -2, 1e21, 0.1], where);
    case 'Boolean':
      return choose([true, false], where);
    case 'ID':
      return choose(IDS, where);
    case 'String':
      return choose(STRINGS, where);
    default:
      return choose(JSONS, where);
  }
};

/** An element by itself counts as a list of it. */
const listValue = (type: GraphQLInputType, where: string, depth: number): unknown => {
  const length = hash(`${where}#`) % 4;
  if (length === 3) return presentValue(type, `${where}[]`, depth);
  return Array.from({ length }, (_, index) => inputValue(type, `${where}[${index}]`, depth));
};
