import type { Rule } from './rule.ts';
import { typeNames } from './rules/type-names.ts';

/** Every rule under the name that settings and ignores call it by; each has a page in docs/lints. */
export const RULES = {
  'type-names': typeNames,
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof RULES;

export const isRuleName = (name: string): name is RuleName => Object.hasOwn(RULES, name);

// Object.keys knows no more than string; the keys are those of the constant above.
export const RULE_NAMES = Object.keys(RULES) as readonly RuleName[];
