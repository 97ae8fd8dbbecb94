import type { Finding, Severity } from '../finding.ts';
import { findingsOf, type Report } from './report.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  failure: 'error',
  warning: 'warning',
  note: 'notice',
};

/**
 * The findings as GitHub shows them at their lines
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands); notes without a place are left out.
 */
export const reportGithub = (report: Report): string =>
  findingsOf(report)
    .filter(({ severity, places }) => severity !== 'note' || places.length > 0)
    .map(annotation)
    .join('');

const annotation = ({ severity, code, message, places, cure, operations }: Finding): string => {
  const [place] = places;
  const properties = [
    ...(place === undefined
      ? []
      : [`file=${property(place.file)}`, `line=${place.line}`, `col=${place.column}`]),
    `title=${property(code)}`,
  ];
  const text = [
    message,
    ...(operations.length > 0 ? [`Used by ${operations.join(', ')}.`] : []),
    ...(cure === null ? [] : [cure]),
  ].join('\n');
  return `::${COMMANDS[severity]} ${properties.join(',')}::${data(text)}\n`;
};

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
