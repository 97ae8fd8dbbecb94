import fc from 'fast-check';
import { expect, test } from 'vitest';
import { asJson } from '../../../router/transport/as-json.ts';

const byText = (value: unknown): unknown => {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : JSON.parse(text);
};

test('whatever scalars give, its JSON is that of its text', () => {
  const values = fc.anything({
    withDate: true,
    withNullPrototype: true,
    withBoxedValues: true,
    withMap: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(values, (value) => {
      expect(asJson(value)).toStrictEqual(byText(value));
    }),
    { numRuns: 2_000 },
  );
});

test('names such as __proto__ are names like any other', () => {
  const value = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2, "toJSON": 3}');
  const json = asJson(value);
  expect(json).toStrictEqual(value);
  expect(Object.keys(Object(json))).toEqual(['__proto__', 'constructor', 'toJSON']);
  expect(Object(json).polluted).toBeUndefined();
});

test('nothing of it is anybody else’s', () => {
  const shared = { tags: ['a', { deep: true }] };
  const json: typeof shared = Object(asJson(shared));
  expect(json).toEqual(shared);
  expect(json.tags).not.toBe(shared.tags);
  expect(json.tags[1]).not.toBe(shared.tags[1]);
});
