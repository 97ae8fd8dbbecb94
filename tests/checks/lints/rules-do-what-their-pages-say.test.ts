import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChecksConfig } from '../../../checks/config/read.ts';
import type { OptionSpec } from '../../../checks/lints/options.ts';
import { RULE_NAMES, RULES, type RuleName } from '../../../checks/lints/rules.ts';
import type { LintSettings } from '../../../checks/lints/settings.ts';
import { lint, only, readPage } from './pages.ts';

/** What each rule says of the wrong example of its page. */
const EXPECTED: Readonly<Record<RuleName, readonly string[]>> = {
  'type-names': ['a.graphql:1:6 failure type-names: The type user_profile is not PascalCase.'],
  'field-names': [
    'a.graphql:2:3 failure field-names: User.display_name is not camelCase.',
    'a.graphql:2:16 failure field-names: User.display_name(Upper:) is not camelCase.',
  ],
  'enum-value-names': [
    'a.graphql:2:3 failure enum-value-names: Condition.likeNew is not SCREAMING_SNAKE_CASE.',
  ],
  'input-type-names': [
    'a.graphql:1:7 failure input-type-names: The input NewAddress does not end in Input.',
    'a.graphql:5:6 failure input-type-names: AddressInput ends in Input and is no input.',
  ],
  'query-field-verbs': [
    'a.graphql:2:3 warning query-field-verbs: Query.getProduct begins with the verb get.',
  ],
  'name-prefixes': [
    'a.graphql:2:3 warning name-prefixes: User.userName repeats the name of its type.',
    'a.graphql:6:3 warning name-prefixes: Color.COLOR_RED repeats the name of its type.',
  ],
  descriptions: [
    'a.graphql:1:6 warning descriptions: Parcel has no description.',
    'a.graphql:2:3 warning descriptions: Parcel.weight has no description.',
  ],
  'nullable-root-fields': [
    'a.graphql:2:13 failure nullable-root-fields: Query.trending is not nullable: where a is down, all other data is null too.',
  ],
  'nullable-contributions': [
    "media.graphql:4:13 failure nullable-contributions: Product.pictures is not nullable, though Product is catalog's: where media is down, the whole Product is null.",
  ],
  'nullable-references': [
    "orders.graphql:3:12 failure nullable-references: OrderItem.product is not nullable, though Product is catalog's: where catalog is down, the whole OrderItem is null.",
  ],
  'nullability-agrees': [
    'cart.graphql:3:11 warning nullability-agrees: Money.amount is String in cart and String! in catalog.',
  ],
  'bounded-lists': [
    'a.graphql:2:13 failure bounded-lists: Query.products is a list without bounds.',
  ],
  'list-sizes': [
    'a.graphql:3:3 warning list-sizes: Order.refunds does not say how long it is, and counts as a list of one.',
  ],
  connections: [
    'a.graphql:5:6 failure connections: OrderConnection has no edges or nodes.',
    'a.graphql:5:6 failure connections: OrderConnection has no pageInfo: PageInfo!.',
    'a.graphql:2:3 failure connections: Query.orders gives a connection and cannot be paged.',
  ],
  'deprecation-reasons': [
    'a.graphql:2:16 failure deprecation-reasons: User.nick is deprecated without a reason.',
  ],
  'deprecation-dates': [
    'a.graphql:2:16 failure deprecation-dates: User.nick was to go after 2026-10-31.',
    'a.graphql:3:17 warning deprecation-dates: User.alias is deprecated, and nobody knows until when it stays.',
  ],
  'mutation-payloads': [
    'a.graphql:2:25 failure mutation-payloads: Mutation.cancelOrder gives Boolean, which is no payload.',
  ],
  'mutation-inputs': [
    'a.graphql:2:10 warning mutation-inputs: Mutation.signUp(email:) stands beside the input of its mutation.',
    'a.graphql:2:26 warning mutation-inputs: Mutation.signUp(password:) stands beside the input of its mutation.',
  ],
  ids: ['a.graphql:2:7 failure ids: Order.id is Int! and not ID!.'],
  'known-tags': [
    'a.graphql:2:15 failure known-tags: Order.margin has a tag intern that nobody knows.',
  ],
  'unused-types': ['a.graphql:5:6 warning unused-types: Nothing leads to Season.'],
  'idle-directives': [
    'catalog.graphql:11:18 warning idle-directives: Query.season is @shareable, and only catalog has it.',
    'catalog.graphql:10:17 warning idle-directives: Query.brand overrides media, which has no such field.',
    'catalog.graphql:9:36 warning idle-directives: Query.products has no argument limit to slice it by.',
    'catalog.graphql:5:54 warning idle-directives: @tag is imported and not used.',
  ],
  'lint-ignores': [
    'a.graphql:3:3 failure field-names: User.display_name is not camelCase.',
    'a.graphql:7:3 failure field-names: User.first_name is not camelCase.',
    'a.graphql:2:3 failure lint-ignores: This ignores field-names without a reason, so it counts for nothing.',
    'a.graphql:4:3 failure lint-ignores: This ignores field-names, which is kept here.',
    'a.graphql:6:3 failure lint-ignores: This ignores field-name, which is no rule.',
  ],
};

describe.each(RULE_NAMES)('%s', (rule) => {
  const { wrong, right, yaml } = readPage(rule);
  const config = yaml === null ? alone(rule) : settingsFrom(yaml, rule);

  test('complains of the wrong example, with its place', () => {
    expect(lint(wrong, config)).toEqual(EXPECTED[rule]);
  });

  test('complains of nothing in the right one', () => {
    expect(right).not.toEqual([]);
    expect(lint(right, config)).toEqual([]);
  });

  test('has a page that tells its severity and its options, and a line in the README', () => {
    const { text } = readPage(rule);
    const { severity, options } = RULES[rule];
    expect(text).toContain(`# ${rule}\n`);
    expect(text).toContain(`A ${severity}, unless`);
    const rows = [...text.matchAll(/^\| `(\w+)` \| `(.*?)` \|/gm)].map(([, ...row]) => row);
    expect(rows).toEqual(Object.entries(options).map(([name, spec]) => [name, asWritten(spec)]));
    expect(readFileSync('README.md', 'utf8')).toContain(`(docs/lints/${rule}.md)`);
  });
});

test('there is a file and a page for each rule, and for nothing else', () => {
  const names = RULE_NAMES.toSorted();
  const without = (folder: string, end: string): readonly string[] =>
    readdirSync(folder)
      .map((name) => path.basename(name, end))
      .toSorted();
  expect(without('checks/lints/rules', '.ts')).toEqual(names);
  expect(without('docs/lints', '.md')).toEqual(names);
});

const asWritten = ({ default: value }: OptionSpec): string =>
  Array.isArray(value) ? `[${value.join(', ')}]` : String(value);

/** Ignores are judged by what another rule found. */
function alone(rule: RuleName): LintSettings {
  return rule === 'lint-ignores' ? only('field-names', 'lint-ignores') : only(rule);
}

function settingsFrom(yaml: string, rule: RuleName): LintSettings {
  const folder = mkdtempSync(path.join(tmpdir(), 'emporium-lints-'));
  try {
    writeFileSync(path.join(folder, 'checks.yaml'), yaml);
    const { lints } = readChecksConfig(path.join(folder, 'checks.yaml'));
    return { ...alone(rule), [rule]: lints[rule] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
