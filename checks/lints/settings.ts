import type { OptionValues } from './options.ts';
import { RULES, type RuleName } from './rules.ts';
import type { Weight } from './weight.ts';

/** What a repository makes of one rule. */
export interface RuleSetting {
  readonly severity: Weight;
  /** Says nothing of what was found of the base already. */
  readonly onlyNew: boolean;
  readonly options: OptionValues;
}

export type LintSettings = Readonly<Record<RuleName, RuleSetting>>;

/** Every rule as it is where nothing is said of it. */
export const defaultSetting = (name: RuleName, onlyNew = false): RuleSetting => {
  const { severity, options } = RULES[name];
  const values = Object.entries(options).map(([key, spec]) => [key, spec.default] as const);
  return { severity, onlyNew, options: Object.fromEntries(values) };
};
