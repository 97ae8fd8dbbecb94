import { printPlace } from '../../composition/place.ts';
import type { Finding, Severity } from '../finding.ts';
import { countsOf, findingsOf, hasFailed, type PartReport, type Report } from './report.ts';

/** How things are marked for the eye; plain where there is no terminal. */
export type Paint = (look: 'bold' | 'dim' | 'red' | 'yellow' | 'green', text: string) => string;

const MARKS: Readonly<Record<Severity, readonly [string, 'red' | 'yellow' | 'dim']>> = {
  failure: ['✗', 'red'],
  warning: ['!', 'yellow'],
  note: ['·', 'dim'],
};

/** How many places of one finding are shown with the lines around them. */
const EXCERPTS = 2;

export interface HumanOptions {
  readonly paint: Paint;
  /** Notes and what parts lay open, such as plans, too. */
  readonly isVerbose: boolean;
}

/** The report for a terminal. */
export const reportHuman = (report: Report, options: HumanOptions): string => {
  const { paint } = options;
  const lines = [
    `${paint('bold', report.judged)}, compared with ${report.base}`,
    '',
    ...report.parts.flatMap((part) => [...partLines(part, options), '']),
  ];
  const counts = countsOf(findingsOf(report));
  const verdict = hasFailed(report) ? paint('red', '✗ failed') : paint('green', '✓ passed');
  return `${[...lines, `${verdict}  ${counts}`].join('\n')}\n`;
};

const partLines = (
  { part, skipped, findings, text, ms }: PartReport,
  { paint, isVerbose }: HumanOptions,
): readonly string[] => {
  const name = part.padEnd(10);
  if (skipped !== null) return [`${paint('dim', '-')} ${name} ${paint('dim', skipped)}`];
  const [mark, look] = markOf(findings);
  const notes = findings.filter(({ severity }) => severity === 'note').length;
  const hint = notes > 0 && !isVerbose ? paint('dim', '  (--verbose shows notes)') : '';
  const time = paint('dim', ` ${(ms / 1_000).toFixed(1)} s`);
  const shown = findings.filter(({ severity }) => isVerbose || severity !== 'note');
  return [
    `${paint(look, mark)} ${paint('bold', name)} ${countsOf(findings)}${time}${hint}`,
    ...shown.flatMap((finding) => findingLines(finding, paint)),
    ...(text !== '' && (isVerbose || shown.length > 0) ? ['', indent(text)] : []),
  ];
};

const markOf = (findings: readonly Finding[]): readonly [string, 'red' | 'yellow' | 'green'] => {
  if (findings.some(({ severity }) => severity === 'failure')) return ['✗', 'red'];
  return findings.some(({ severity }) => severity === 'warning') ? ['!', 'yellow'] : ['✓', 'green'];
};

const findingLines = (
  { severity, code, message, places, cure, operations }: Finding,
  paint: Paint,
): readonly string[] => {
  const [mark, look] = MARKS[severity];
  const [first = '', ...more] = message.split('\n');
  const shown = severity === 'note' ? [] : places.slice(0, EXCERPTS);
  const others = places.slice(shown.length);
  return [
    '',
    `  ${paint(look, `${mark} ${code}`)}  ${first}`,
    ...more.map((line) => `      ${line}`),
    ...shown.flatMap((place) => [
      paint('dim', `      ${printPlace(place)}`),
      ...place.excerpt
        .split('\n')
        .slice(1)
        .map((line) => `      ${line}`),
    ]),
    ...(others.length === 0
      ? []
      : [
          paint(
            'dim',
            `      ${shown.length > 0 ? 'also ' : ''}${others.map(printPlace).join(', ')}`,
          ),
        ]),
    ...(operations.length === 0 ? [] : [`      used by ${operations.join(', ')}`]),
    ...(cure === null ? [] : [`      ${paint('green', '→')} ${cure}`]),
  ];
};

const indent = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`.trimEnd())
    .join('\n');
