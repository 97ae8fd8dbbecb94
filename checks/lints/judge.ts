import { Location, type Token } from 'graphql';
import { placeAt } from '../../composition/place.ts';
import type { Finding, Judged } from '../finding.ts';
import { inspect, nameNode, type SubgraphSchema } from '../schemas/inspect.ts';
import { type Ignore, ignores, ignoresOf } from './ignores.ts';
import type { Complaint, Linted } from './rule.ts';
import { isRuleName, RULE_NAMES, RULES, type RuleName } from './rules.ts';
import type { LintSettings } from './settings.ts';

/** What is linted. */
export interface LintRequest {
  /** Parsed with locations, each under the name of its file. */
  readonly subgraphs: readonly SubgraphSchema[];
  /** The same of the base; null where there is none. */
  readonly before: readonly SubgraphSchema[] | null;
  readonly config: LintSettings;
  /** As `2026-12-31`. */
  readonly today: string;
}

/**
 * Judges schemas by the rules in `rules.ts`, each as heavy as the settings say. The code of a finding is the name of
 * its rule. Of a rule with `onlyNew`, only what the base does not have already is told.
 */
export const judgeLints = ({ subgraphs, before, config, today }: LintRequest): Judged => {
  const linted = { subgraphs: subgraphs.map(inspect), today };
  const known = before === null ? null : { subgraphs: before.map(inspect), today };
  const found = RULE_NAMES.flatMap((rule) => complaintsBy(rule, linted, config));
  const written = linted.subgraphs.flatMap(ignoresOf);
  const isIgnored = ({ rule, complaint }: Found): boolean =>
    written.some((ignore) => isWhole(ignore) && ignores(ignore, rule, complaint));
  const isNew = newness(known, config);
  const findings = [
    ...found
      .filter((each) => !isIgnored(each) && isNew(each))
      .flatMap((each) => toFinding(each, config)),
    ...written.flatMap((ignore) => judgeIgnore(ignore, found, config)),
  ];
  return { findings, ...summary(findings) };
};

interface Found {
  readonly rule: RuleName;
  readonly complaint: Complaint;
}

const complaintsBy = (rule: RuleName, linted: Linted, config: LintSettings): readonly Found[] => {
  const { severity, options } = config[rule];
  if (severity === 'off') return [];
  return RULES[rule].judge(linted, options).map((complaint) => ({ rule, complaint }));
};

/** The same complaint about the same element is the same one, wherever it has moved to. */
const identityOf = ({ rule, complaint: { element, message } }: Found): string =>
  JSON.stringify([rule, element.subgraph.name, element.coordinate, message]);

const newness = (before: Linted | null, config: LintSettings): ((found: Found) => boolean) => {
  if (before === null) return () => true;
  const asked = RULE_NAMES.filter((rule) => config[rule].onlyNew);
  const old = new Set(asked.flatMap((rule) => complaintsBy(rule, before, config)).map(identityOf));
  return (found) => !old.has(identityOf(found));
};

const toFinding = ({ rule, complaint }: Found, config: LintSettings): readonly Finding[] => {
  const { element, at, message, cure } = complaint;
  const severity = complaint.severity ?? config[rule].severity;
  if (severity === 'off') return [];
  const { loc } = at ?? nameNode(element);
  const places = loc === undefined ? [] : [placeAt(loc, element.subgraph.name)];
  return [{ part: 'lints', severity, code: rule, message, places, cure, operations: [] }];
};

const isWhole = ({ reason }: Ignore): boolean => reason !== '';

const judgeIgnore = (
  ignore: Ignore,
  found: readonly Found[],
  config: LintSettings,
): readonly Finding[] => {
  const { severity } = config['lint-ignores'];
  const problem = problemOf(ignore, found, config);
  if (problem === null || severity === 'off') return [];
  const { subgraph, comment } = ignore;
  const places = [placeAt(locationOf(comment, subgraph), subgraph.name)];
  return [{ part: 'lints', severity, code: 'lint-ignores', ...problem, places, operations: [] }];
};

const problemOf = (
  ignore: Ignore,
  found: readonly Found[],
  config: LintSettings,
): Pick<Finding, 'message' | 'cure'> | null => {
  const { rule } = ignore;
  if (!isRuleName(rule)) {
    const message = `This ignores ${rule}, which is no rule.`;
    return { message, cure: `Write one of ${RULE_NAMES.join(', ')}.` };
  }
  if (!isWhole(ignore)) {
    const message = `This ignores ${rule} without a reason, so it counts for nothing.`;
    return { message, cure: `Write \`# lint-ignore ${rule}: because …\`.` };
  }
  const isIdle = !found.some((each) => ignores(ignore, each.rule, each.complaint));
  if (!isIdle || config[rule].severity === 'off') return null;
  return { message: `This ignores ${rule}, which is kept here.`, cure: 'Take the comment away.' };
};

const locationOf = (token: Token, { document }: SubgraphSchema): Location => {
  if (document.loc === undefined) throw new Error('a schema was parsed without locations');
  return new Location(token, token, document.loc.source);
};

/** How often each rule was not kept. */
const summary = (findings: readonly Finding[]): Pick<Judged, 'markdown' | 'text'> => {
  const counted = RULE_NAMES.flatMap((rule) => {
    const count = findings.filter(({ code }) => code === rule).length;
    return count === 0 ? [] : [{ rule, count }];
  });
  if (counted.length === 0) return { markdown: '', text: '' };
  const rows = counted.map(({ rule, count }) => `| \`${rule}\` | ${count} |`);
  return {
    markdown: ['| rule | findings |', '| --- | ---: |', ...rows].join('\n'),
    text: counted.map(({ rule, count }) => `${String(count).padStart(4)}  ${rule}`).join('\n'),
  };
};
