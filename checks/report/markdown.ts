import { printPlace } from '../../composition/place.ts';
import type { Finding, Severity } from '../finding.ts';
import { countsOf, findingsOf, hasFailed, type PartReport, type Report } from './report.ts';

const MARKS: Readonly<Record<Severity, string>> = { failure: '❌', warning: '⚠️', note: 'ℹ️' };

/** The report for a pull request: the verdict, a line for each part, what was found, and what parts lay open. */
export const reportMarkdown = (report: Report): string => {
  const verdict = hasFailed(report) ? '❌ This change does not pass' : '✅ This change passes';
  return [
    `## ${verdict}`,
    `${report.judged}, compared with ${report.base}: ${countsOf(findingsOf(report))}.`,
    ['| Part | |', '| --- | --- |', ...report.parts.map(partLine)].join('\n'),
    ...report.parts.flatMap(partSection),
    '',
  ].join('\n\n');
};

const partLine = ({ part, skipped, findings }: PartReport): string =>
  `| ${part} | ${skipped === null ? `${worstMark(findings)} ${countsOf(findings)}` : `not judged: ${skipped}`} |`;

const worstMark = (findings: readonly Finding[]): string => {
  const worst = (['failure', 'warning'] as const).find((severity) =>
    findings.some((each) => each.severity === severity),
  );
  return worst === undefined ? '✅' : MARKS[worst];
};

const partSection = ({ part, findings, markdown }: PartReport): readonly string[] => {
  const told = findings.filter(({ severity }) => severity !== 'note');
  const notes = findings.filter(({ severity }) => severity === 'note');
  if (told.length === 0 && notes.length === 0 && markdown === '') return [];
  return [
    `### ${part}`,
    ...told.map(item),
    ...(notes.length === 0
      ? []
      : [
          `<details><summary>${countsOf(notes)}</summary>\n\n${notes.map(item).join('\n')}\n\n</details>`,
        ]),
    ...(markdown === '' ? [] : [markdown]),
  ];
};

const item = ({ severity, code, message, places, cure, operations }: Finding): string => {
  const [place] = places;
  return [
    `- ${MARKS[severity]} **${code}** ${message.split('\n').join('<br>')}`,
    ...(place === undefined
      ? []
      : [
          `  at ${places
            .slice(0, 5)
            .map((each) => `\`${printPlace(each)}\``)
            .join(', ')}`,
        ]),
    ...(operations.length === 0 ? [] : [`  used by ${operations.join(', ')}`]),
    ...(cure === null ? [] : [`  → ${cure}`]),
  ].join('  \n');
};
