import fc from 'fast-check';
import {
  buildSchema,
  doTypesOverlap,
  type GraphQLCompositeType,
  getNamedType,
  isCompositeType,
  isUnionType,
  OverlappingFieldsCanBeMergedRule,
  parse,
  separateOperations,
  specifiedRules,
  validate,
} from 'graphql';
import { expect, test } from 'vitest';
import { overlappingFields } from '../../../router/limits/overlapping-fields.ts';

const SCHEMA = buildSchema(`
  type Query { a: A b: B node: Node any: Any list: [A] text(n: Int, o: In): String number: Int }
  interface Node { a: A node: Node list: [A] text(n: Int, o: In): String number: Int }
  type A implements Node { a: A b: B node: Node any: Any list: [A] text(n: Int, o: In): String number: Int more: Int! }
  type B implements Node { a: A b: A node: Node any: Any list: [A!] text(n: Int, o: In): String number: Int more: String }
  union Any = A | B
  input In { x: Int y: Int }
`);

const compositeType = (name: string): GraphQLCompositeType => {
  const type = SCHEMA.getType(name);
  if (!isCompositeType(type)) throw new Error(`${name} has no fields`);
  return type;
};
const TYPES = ['Query', 'Node', 'A', 'B', 'Any'].map(compositeType);
const FRAGMENTS = ['f', 'g', 'h'].map((name, n) => ({
  name,
  on: TYPES[n + 1] ?? compositeType('A'),
}));
const ARGUMENTS = ['', '', '(n: 1)', '(n: 2)', '(o: {x: 1, y: 2})', '(o: {y: 2, x: 1})'];

/** Writes selections that fit their types, as `pick` chooses. */
const writer = (pick: (count: number) => number) => {
  const oneOf = <Item>(items: readonly Item[]): Item => {
    const item = items[pick(items.length)];
    if (item === undefined) throw new Error('there is nothing to choose from');
    return item;
  };

  const field = (type: GraphQLCompositeType, levels: number, later: number): string => {
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const some = fields.filter((each) => levels > 0 || !isCompositeType(getNamedType(each.type)));
    if (some.length === 0) return `${oneOf(['', 'text: '])}__typename`;
    const { name, type: given } = oneOf(some);
    const named = getNamedType(given);
    const alias = oneOf(['', '', '', 'text: ', 'a: ', 'x: ']);
    if (isCompositeType(named)) return `${alias}${name} ${set(named, levels - 1, later)}`;
    return `${alias}${name}${name === 'text' ? oneOf(ARGUMENTS) : ''}`;
  };

  const selection = (type: GraphQLCompositeType, levels: number, later: number): string => {
    const kind = pick(10);
    if (kind < 2 && levels > 0) {
      const on = oneOf(TYPES.filter((each) => doTypesOverlap(SCHEMA, type, each)));
      return `... on ${on.name} ${set(on, levels - 1, later)}`;
    }
    // Only those that follow, so that none is spread in itself.
    const spread = FRAGMENTS.slice(later).filter(({ on }) => doTypesOverlap(SCHEMA, type, on));
    if (kind < 4 && spread.length > 0) return `...${oneOf(spread).name}`;
    return field(type, levels, later);
  };

  const set = (type: GraphQLCompositeType, levels: number, later: number): string =>
    `{ ${Array.from({ length: 1 + pick(3) }, () => selection(type, levels, later)).join(' ')} }`;

  return () =>
    [
      `query ${set(compositeType('Query'), 4, 0)}`,
      ...FRAGMENTS.map(({ name, on }, n) => `fragment ${name} on ${on.name} ${set(on, 3, n + 1)}`),
    ].join(' ');
};

const OTHERS = specifiedRules.filter((rule) => rule !== OverlappingFieldsCanBeMergedRule);

test('of generated documents, the same ones may be merged', () => {
  const seen = { fitting: 0, conflicting: 0 };
  const choices = fc.infiniteStream(fc.nat({ max: 1_000_000 }));
  fc.assert(
    fc.property(choices, (stream) => {
      const text = writer((count) => (stream.next().value ?? 0) % count)();
      // Without what is spread nowhere, which is wrong for itself.
      const document = separateOperations(parse(text))[''] ?? parse(text);
      expect(validate(SCHEMA, document, OTHERS), text).toEqual([]);
      const theirs = validate(SCHEMA, document, [OverlappingFieldsCanBeMergedRule]);
      const own = overlappingFields(SCHEMA, document);
      expect(own.length > 0, text).toBe(theirs.length > 0);
      seen[own.length > 0 ? 'conflicting' : 'fitting'] += 1;
    }),
    { numRuns: 3_000 },
  );
  expect(Math.min(seen.fitting, seen.conflicting)).toBeGreaterThan(500);
});

test.each([
  '{ a { more } b { more } x: a { more } x: b { more } }',
  '{ text(n: 1) text(n: 2) }',
  '{ a { a { text } } a { a { text: number } } }',
  '{ node { ... on A { more } ... on B { more } } }',
])('what conflicts is told in the words of graphql-js: %s', (text) => {
  const document = parse(text);
  const [own] = overlappingFields(SCHEMA, document);
  const theirs = validate(SCHEMA, document, [OverlappingFieldsCanBeMergedRule]);
  expect(theirs.map(({ message }) => message)).toContain(own?.message);
});

test('fields of one name are compared with one, not with each', () => {
  const many = (count: number) => parse(`{ node { ${'node { text } '.repeat(count)} } }`);
  expect(overlappingFields(SCHEMA, many(10_000))).toEqual([]);
  // Each is looked at twice, and what is in it.
  expect(() => overlappingFields(SCHEMA, many(13_000))).toThrow(/in too many ways/);
});
