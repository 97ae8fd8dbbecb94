import { isEnumType } from 'graphql';
import { choose, hash } from './hash.ts';
import { IDENTIFYING, identifyingText, numberOf } from './identities.ts';
import type { FieldFacts, Types } from './shapes.ts';

const STRINGS = [
  '',
  'plain',
  'with "quotes"',
  'back\\slash',
  'line\nbreak',
  '\u2028',
  'é 🙂',
  '$v',
];

const JSONS: readonly unknown[] = [
  0,
  false,
  'text',
  [],
  {},
  [1, [null, 'two'], { three: 3 }],
  { b: 1, a: { b: null } },
  JSON.parse('{"__proto__": {"constructor": 1}, "toString": null}'),
];

/** The value of a leaf field, which never changes. */
export const leafValue = (
  types: Types,
  named: string,
  { field, identity, key, facts }: LeafOf,
): unknown => {
  if (isEnumType(types.named(named))) return choose(facts.enumValues, key);
  const tellsIdentity = (IDENTIFYING as readonly string[]).includes(field);
  switch (named) {
    case 'Int':
      return tellsIdentity ? numberOf(identity) : hash(key) % 50;
    case 'Float':
      return (hash(key) % 100) / 4;
    case 'Boolean':
      return hash(key) % 2 === 0;
    case 'ID':
      return tellsIdentity ? identifyingText(field, identity) : `${field}-${hash(key) % 50}`;
    case 'String':
      if (tellsIdentity) return identifyingText(field, identity);
      return `${choose(STRINGS, key)}${hash(`${key}~`) % 3 === 0 ? '' : hash(key) % 1000}`;
    default:
      return choose(JSONS, key);
  }
};

export interface LeafOf {
  readonly field: string;
  /** Of the object that has the field. */
  readonly identity: string;
  /** What the value follows from. */
  readonly key: string;
  readonly facts: FieldFacts;
}
