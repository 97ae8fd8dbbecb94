import { readFileSync } from 'node:fs';
import { parse, Source } from 'graphql';
import type { Finding } from '../../../checks/finding.ts';
import { judgeLints } from '../../../checks/lints/judge.ts';
import { RULE_NAMES, type RuleName } from '../../../checks/lints/rules.ts';
import { defaultSetting, type LintSettings } from '../../../checks/lints/settings.ts';

/** What the page of a rule shows. */
export interface Page {
  readonly text: string;
  /** Schemas that the rule complains of, a subgraph each. */
  readonly wrong: readonly string[];
  readonly right: readonly string[];
  /** The settings that the examples are judged under; null where they need none. */
  readonly yaml: string | null;
}

export const readPage = (rule: string): Page => {
  const text = readFileSync(`docs/lints/${rule}.md`, 'utf8');
  const [yaml = null] = blocksIn(text, 'yaml');
  return {
    text,
    wrong: blocksIn(sectionOf(text, 'Wrong'), 'graphql'),
    right: blocksIn(sectionOf(text, 'Right'), 'graphql'),
    yaml,
  };
};

const sectionOf = (text: string, title: string): string =>
  text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

const blocksIn = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block = '']) => block,
  );

/** Subgraphs named by the comment in their first line, else a, b, …; each in a file of its name. */
const subgraphs = (schemas: readonly string[]) =>
  schemas.map((schema, index) => {
    const [, name = 'ab'.charAt(index)] = /^# (\w+)\n/.exec(schema) ?? [];
    return { name, document: parse(new Source(schema, `${name}.graphql`)) };
  });

/** Only these rules, as they are by default; the others are off. */
export const only = (...asked: readonly RuleName[]): LintSettings =>
  Object.fromEntries(
    RULE_NAMES.map((name) => [
      name,
      asked.includes(name) ? defaultSetting(name) : { ...defaultSetting(name), severity: 'off' },
    ]),
    // Every name is there, which fromEntries cannot tell.
  ) as LintSettings;

/** The findings, a line each: place, severity, code, message. */
export const lint = (
  schemas: readonly string[],
  config: LintSettings,
  before: readonly string[] | null = null,
): readonly string[] =>
  judgeLints({
    subgraphs: subgraphs(schemas),
    before: before && subgraphs(before),
    config,
    today: '2026-11-26',
  }).findings.map(inOneLine);

const inOneLine = ({ places: [place], severity, code, message }: Finding): string =>
  `${place?.file}:${place?.line}:${place?.column} ${severity} ${code}: ${message}`;
