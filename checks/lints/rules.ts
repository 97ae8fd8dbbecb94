import type { Rule } from './rule.ts';
import { boundedLists } from './rules/bounded-lists.ts';
import { connections } from './rules/connections.ts';
import { deprecationDates } from './rules/deprecation-dates.ts';
import { deprecationReasons } from './rules/deprecation-reasons.ts';
import { descriptions } from './rules/descriptions.ts';
import { enumValueNames } from './rules/enum-value-names.ts';
import { fieldNames } from './rules/field-names.ts';
import { idleDirectives } from './rules/idle-directives.ts';
import { ids } from './rules/ids.ts';
import { inputTypeNames } from './rules/input-type-names.ts';
import { knownTags } from './rules/known-tags.ts';
import { lintIgnores } from './rules/lint-ignores.ts';
import { listSizes } from './rules/list-sizes.ts';
import { mutationInputs } from './rules/mutation-inputs.ts';
import { mutationPayloads } from './rules/mutation-payloads.ts';
import { namePrefixes } from './rules/name-prefixes.ts';
import { nullabilityAgrees } from './rules/nullability-agrees.ts';
import { nullableContributions } from './rules/nullable-contributions.ts';
import { nullableReferences } from './rules/nullable-references.ts';
import { nullableRootFields } from './rules/nullable-root-fields.ts';
import { queryFieldVerbs } from './rules/query-field-verbs.ts';
import { typeNames } from './rules/type-names.ts';
import { unusedTypes } from './rules/unused-types.ts';

/** Every rule under the name that settings and ignores call it by; each has a page in docs/lints. */
export const RULES = {
  'type-names': typeNames,
  'field-names': fieldNames,
  'enum-value-names': enumValueNames,
  'input-type-names': inputTypeNames,
  'query-field-verbs': queryFieldVerbs,
  'name-prefixes': namePrefixes,
  descriptions: descriptions,
  'nullable-root-fields': nullableRootFields,
  'nullable-contributions': nullableContributions,
  'nullable-references': nullableReferences,
  'nullability-agrees': nullabilityAgrees,
  'bounded-lists': boundedLists,
  'list-sizes': listSizes,
  connections: connections,
  'deprecation-reasons': deprecationReasons,
  'deprecation-dates': deprecationDates,
  'mutation-payloads': mutationPayloads,
  'mutation-inputs': mutationInputs,
  ids: ids,
  'known-tags': knownTags,
  'unused-types': unusedTypes,
  'idle-directives': idleDirectives,
  'lint-ignores': lintIgnores,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof RULES;

export const isRuleName = (name: string): name is RuleName => Object.hasOwn(RULES, name);

// Object.keys knows no more than string; the keys are those of the constant above.
export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];
