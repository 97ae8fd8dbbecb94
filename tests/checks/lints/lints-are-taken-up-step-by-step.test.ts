import { expect, test } from 'vitest';
import { lint, only } from './pages.ts';

const NAMES = only('field-names', 'lint-ignores');
const ONLY_NEW = { ...NAMES, 'field-names': { ...NAMES['field-names'], onlyNew: true } };

test('of a rule for what is new, nothing is said of what the base has already, wherever it moved to', () => {
  const base = 'type User {\n  old_name: String\n}';
  const change = 'type User {\n  id: ID!\n  new_name: String\n  old_name: String\n}';
  const added = 'a.graphql:3:3 failure field-names: User.new_name is not camelCase.';
  expect(lint([change], ONLY_NEW, [base])).toEqual([added]);
  expect(lint([change], NAMES, [base])).toHaveLength(2);
  expect(lint([change], ONLY_NEW)).toHaveLength(2);
});

test('neither of an ignore that has been idle before', () => {
  const idle = '  # lint-ignore field-names: because of old clients\n  ok: Int\n';
  const config = { ...NAMES, 'lint-ignores': { ...NAMES['lint-ignores'], onlyNew: true } };
  const base = `type User {\n${idle}}`;
  const added = `type User {\n${idle}${idle.replace('ok', 'fine')}}`;
  expect(lint([base], config, [base])).toEqual([]);
  expect(lint([added], config, [base])).toEqual([
    expect.stringMatching(/^a.graphql:4:3 .* is kept here/),
  ]);
});

test('but of an ignore that has become idle', () => {
  const settings = only('ids', 'lint-ignores');
  const config = { ...settings, 'lint-ignores': { ...settings['lint-ignores'], onlyNew: true } };
  const base = 'type User {\n  # lint-ignore ids: because of old clients\n  id: Int!\n}';
  expect(lint([base], config, [base])).toEqual([]);
  expect(lint([base.replace('Int!', 'ID!')], config, [base])).toHaveLength(1);
});

test.each([
  ['above', '# lint-ignore field-names: because of old clients\n  a_b: Int'],
  [
    'above the description',
    '# lint-ignore field-names: because of old clients\n  "Text."\n  a_b: Int',
  ],
  [
    'below the description',
    '"Text."\n  # lint-ignore field-names: because of old clients\n  a_b: Int',
  ],
  [
    'above another comment',
    '# lint-ignore field-names: because of old clients\n  # See there.\n  a_b: Int',
  ],
  ['at the end of the line', 'a_b: Int # lint-ignore field-names: because of old clients'],
  [
    'above an argument',
    'a(\n  # lint-ignore field-names: because of old clients\n  b_c: Int\n): Int',
  ],
])('an ignore counts %s', (_where, field) => {
  expect(lint([`type User {\n  ${field}\n}`], NAMES)).toEqual([]);
});

test.each([
  ['of another field', '# lint-ignore field-names: because\n  ok: Int\n  a_b: Int'],
  ['of another rule', '# lint-ignore ids: because of old clients\n  a_b: Int'],
  [
    'of its field’s argument',
    '# lint-ignore field-names: because of old clients\n  a(b_c: Int): Int',
  ],
])('an ignore %s ignores nothing', (_what, fields) => {
  expect(lint([`type User {\n  ${fields}\n}`], NAMES)).toContainEqual(
    expect.stringContaining('is not camelCase'),
  );
});
