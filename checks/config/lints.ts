import type { OptionSpec, OptionValue } from '../lints/options.ts';
import { isRuleName, RULE_NAMES, RULES, type RuleName } from '../lints/rules.ts';
import { defaultSetting, type LintSettings, type RuleSetting } from '../lints/settings.ts';
import { WEIGHTS, type Weight } from '../lints/weight.ts';
import { type Entry, plain, type ReadFile, texts, unknownName } from './yaml.ts';

const WEIGHTS_CURE = `write one of ${WEIGHTS.join(', ')}.`;

/**
 * Reads the section `lints`: `onlyNew` for all rules, and `rules`, each with its severity, or with a map of
 * `severity`, `onlyNew` and its options.
 */
export const readLints = (yaml: ReadFile, node: unknown): LintSettings => {
  const sections = yaml.entries(node, 'lints', 'write `rules:` and below it a line for each.');
  const onlyNew = sections.find(({ name }) => name === 'onlyNew');
  const all = onlyNew === undefined ? false : readFlag(yaml, onlyNew, 'lints.onlyNew');
  const settings = Object.fromEntries(
    RULE_NAMES.map((name) => [name, defaultSetting(name, all)]),
    // Every name has its setting by the line above, which fromEntries cannot tell.
  ) as Record<RuleName, RuleSetting>;
  for (const { name, key, value } of sections) {
    if (name === 'rules') {
      const cure = 'write a line for each, such as `type-names: failure`.';
      for (const entry of yaml.entries(value, 'lints.rules', cure)) readRule(yaml, entry, settings);
    } else if (name !== 'onlyNew') {
      yaml.mistake(key, `lints.${name}`, unknownName('key', name, ['onlyNew', 'rules']));
    }
  }
  return settings;
};

const readRule = (
  yaml: ReadFile,
  { name, key, value }: Entry,
  settings: Record<RuleName, RuleSetting>,
): void => {
  const within = `lints.rules.${name}`;
  if (!isRuleName(name)) {
    yaml.mistake(key, within, unknownName('rule', name, RULE_NAMES));
    return;
  }
  const text = plain(value);
  if (text !== undefined) {
    const severity = readWeight(yaml, { name, key, value }, within);
    settings[name] = { ...settings[name], severity };
    return;
  }
  const entries = yaml.entries(value, within, WEIGHTS_CURE);
  settings[name] = entries.reduce(
    (setting, entry) => withEntry(yaml, name, setting, entry),
    settings[name],
  );
};

const withEntry = (
  yaml: ReadFile,
  rule: RuleName,
  setting: RuleSetting,
  entry: Entry,
): RuleSetting => {
  const within = `lints.rules.${rule}.${entry.name}`;
  if (entry.name === 'severity') return { ...setting, severity: readWeight(yaml, entry, within) };
  if (entry.name === 'onlyNew') return { ...setting, onlyNew: readFlag(yaml, entry, within) };
  const { options }: { readonly options: Readonly<Record<string, OptionSpec>> } = RULES[rule];
  const spec = options[entry.name];
  if (spec === undefined) {
    const known = ['severity', 'onlyNew', ...Object.keys(options)];
    yaml.mistake(entry.key, within, unknownName('option', entry.name, known));
    return setting;
  }
  const option = readOption(yaml, spec, entry, within);
  return { ...setting, options: { ...setting.options, [entry.name]: option } };
};

const readOption = (
  yaml: ReadFile,
  spec: OptionSpec,
  entry: Entry,
  within: string,
): OptionValue => {
  const wrong = (cure: string): OptionValue => {
    yaml.mistake(entry.value ?? entry.key, within, cure);
    return spec.default;
  };
  const text = plain(entry.value);
  switch (spec.kind) {
    case 'flag':
      return readFlag(yaml, entry, within);
    case 'words':
      return texts(entry.value) ?? wrong('no list of names: write such as `[one, another]`.');
    case 'choice': {
      const chosen = spec.choices.find((choice) => choice === text);
      return chosen ?? wrong(`not one of its choices: write one of ${spec.choices.join(', ')}.`);
    }
    case 'pattern':
      return typeof text === 'string' && isPattern(text)
        ? text
        : wrong(`no regular expression: write such as '${spec.default}'.`);
  }
};

const readWeight = (yaml: ReadFile, { key, value }: Entry, within: string): Weight => {
  const weight = WEIGHTS.find((known) => known === plain(value));
  if (weight === undefined) yaml.mistake(value ?? key, within, `no severity: ${WEIGHTS_CURE}`);
  return weight ?? 'off';
};

const readFlag = (yaml: ReadFile, { key, value }: Entry, within: string): boolean => {
  const flag = plain(value);
  if (typeof flag === 'boolean') return flag;
  yaml.mistake(value ?? key, within, 'neither true nor false: write one of them.');
  return false;
};

const isPattern = (text: string): boolean => {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};
