import { Location, type Token } from 'graphql';
import { placeAt } from '../../composition/place.ts';
import type { Finding, Judged } from '../finding.ts';
import { inspect, nameNode, type SubgraphSchema } from '../schemas/inspect.ts';
import { type Ignore, ignores, ignoresOf } from './ignores.ts';
import type { Complaint, Linted } from './rule.ts';
import { isRuleName, RULE_NAMES, RULES, type RuleName } from './rules.ts';
import { groupBy } from './select.ts';
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
  const now = lint({ subgraphs: subgraphs.map(inspect), today }, config);
  const isAdopting = RULE_NAMES.some((rule) => config[rule].onlyNew);
  const then = isAdopting && before ? lint({ subgraphs: before.map(inspect), today }, config) : [];
  const old = new Set(then.map(({ identity }) => identity));
  const findings = now.flatMap(({ rule, identity, find }) =>
    config[rule].onlyNew && old.has(identity) ? [] : [find()],
  );
  return { findings, ...summary(findings) };
};

/** What a rule says, and how it is told: to find its line takes long in a large file. */
interface Said {
  readonly rule: RuleName;
  /** The same wherever what it is about has moved to. */
  readonly identity: string;
  readonly find: () => Finding;
}

const lint = (linted: Linted, config: LintSettings): readonly Said[] => {
  const found = RULE_NAMES.flatMap((rule) => complaintsBy(rule, linted, config));
  const written = linted.subgraphs.flatMap(ignoresOf);
  const whole = groupBy(written.filter(isWhole), ({ rule }) => rule);
  const isIgnored = ({ rule, complaint }: Found): boolean =>
    whole.get(rule)?.some((ignore) => ignores(ignore, rule, complaint)) ?? false;
  return [
    ...found.filter((each) => !isIgnored(each)).flatMap((each) => sayComplaint(each, config)),
    ...sayIgnores(written, found, config),
  ];
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

const sayComplaint = ({ rule, complaint }: Found, config: LintSettings): readonly Said[] => {
  const { element, at, message, cure } = complaint;
  const severity = complaint.severity ?? config[rule].severity;
  if (severity === 'off') return [];
  const { name } = element.subgraph;
  const identity = JSON.stringify([rule, name, element.coordinate, message]);
  const find = (): Finding => {
    const { loc } = at ?? nameNode(element);
    const places = loc === undefined ? [] : [placeAt(loc, name)];
    return { part: 'lints', severity, code: rule, message, places, cure, operations: [] };
  };
  return [{ rule, identity, find }];
};

const isWhole = ({ reason }: Ignore): boolean => reason !== '';

const sayIgnores = (
  written: readonly Ignore[],
  found: readonly Found[],
  config: LintSettings,
): readonly Said[] => {
  const rule = 'lint-ignores';
  const { severity } = config[rule];
  if (severity === 'off') return [];
  const byRule = groupBy(found, (each) => each.rule);
  return written.flatMap((ignore) => {
    const problem = problemOf(ignore, byRule.get(ignore.rule) ?? [], config);
    if (problem === null) return [];
    const { subgraph, comment, reason, target } = ignore;
    const what = [target.value, target.next?.value];
    const identity = JSON.stringify([rule, subgraph.name, ignore.rule, reason, ...what]);
    const find = (): Finding => {
      const places = [placeAt(locationOf(comment, subgraph), subgraph.name)];
      return { part: 'lints', severity, code: rule, ...problem, places, operations: [] };
    };
    return [{ rule, identity, find }];
  });
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
