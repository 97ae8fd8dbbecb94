import { expect, test } from 'vitest';
import type { OptionValue } from '../../../checks/lints/options.ts';
import { RULE_NAMES, RULES, type RuleName } from '../../../checks/lints/rules.ts';
import { lint, only, readPage } from './pages.ts';

interface Effect {
  readonly value: OptionValue;
  /** Of how many places the rule complains then. */
  readonly left: number;
  /** The wrong example of the rule's page where it is left out. */
  readonly schema?: string;
}

/** Of every option of every rule one value that makes a difference. */
const EFFECTS: Readonly<Record<string, Effect>> = {
  'type-names except': { value: ['user_profile'], left: 0 },
  'field-names except': { value: ['display_name'], left: 1 },
  'enum-value-names except': { value: ['likeNew'], left: 0 },
  'query-field-verbs verbs': { value: ['list'], left: 0 },
  'name-prefixes except': { value: ['User.userName'], left: 1 },
  'descriptions types': { value: 'off', left: 1 },
  'descriptions fields': { value: 'note', left: 2 },
  'descriptions inputFields': { value: 'off', left: 0, schema: '"A." input A { b: Int }' },
  'descriptions arguments': {
    value: 'off',
    left: 0,
    schema: '"A." type A { "B." b(c: Int): Int }',
  },
  'descriptions enumValues': { value: 'off', left: 0, schema: '"A." enum A { B }' },
  'descriptions selfExplanatory': { value: ['weight'], left: 1 },
  'descriptions hiddenBy': { value: ['x'], left: 0, schema: 'type A @tag(name: "x") { b: Int }' },
  'nullable-root-fields except': { value: ['Query.trending'], left: 0 },
  'nullable-contributions owners': { value: ['Product=media'], left: 1 },
  'nullable-contributions except': { value: ['Product.pictures'], left: 0 },
  'nullable-references owners': { value: ['Product=orders'], left: 0 },
  'nullable-references except': { value: ['OrderItem.product'], left: 0 },
  'nullability-agrees except': { value: ['Money.amount'], left: 0 },
  'bounded-lists arguments': {
    value: ['page'],
    left: 0,
    schema: 'type Query { a(page: Int): [A!] } type A { b: Int }',
  },
  'bounded-lists except': { value: ['Query.products'], left: 0 },
  'list-sizes except': { value: ['Order.refunds'], left: 0 },
  'connections totalCount': { value: true, left: 4 },
  'deprecation-dates undated': { value: 'off', left: 1 },
  'deprecation-dates pattern': { value: 'before (.*)', left: 2 },
  'mutation-payloads pattern': { value: '^Boolean$', left: 0 },
  'mutation-payloads except': { value: ['Mutation.cancelOrder'], left: 0 },
  'mutation-inputs argument': { value: ['email', 'password'], left: 0 },
  'mutation-inputs beside': { value: ['email'], left: 1 },
  'ids except': { value: ['Order.id'], left: 0 },
  'known-tags tags': { value: ['internal'], left: 1 },
  'unused-types except': { value: ['Season'], left: 0 },
  'idle-directives except': { value: ['link'], left: 3 },
};

test('every option is tried', () => {
  const options = RULE_NAMES.flatMap((rule) =>
    Object.keys(RULES[rule].options).map((option) => `${rule} ${option}`),
  );
  expect(Object.keys(EFFECTS)).toEqual(options);
});

test.each(Object.entries(EFFECTS))('%s', (key, { value, left, schema }) => {
  const [name = '', option = ''] = key.split(' ');
  // The test above compares the keys with the names of rules.
  const rule = name as RuleName;
  const schemas = schema === undefined ? readPage(rule).wrong : [schema];
  const settings = only(rule);
  const { options } = settings[rule];
  const changed = { ...settings[rule], options: { ...options, [option]: value } };
  const findings = lint(schemas, { ...settings, [rule]: changed });
  expect(findings).toHaveLength(left);
  expect(findings).not.toEqual(lint(schemas, settings));
});
