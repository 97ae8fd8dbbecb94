import { findingsOf, hasFailed, type Report } from './report.ts';

/** The report as JSON, for programs; each finding as `checks/finding.ts` describes it. */
export const reportJson = (report: Report): string =>
  `${JSON.stringify(
    {
      verdict: hasFailed(report) ? 'failed' : 'passed',
      judged: report.judged,
      base: report.base,
      parts: report.parts.map(({ part, skipped, ms }) => ({ part, skipped, ms: Math.round(ms) })),
      findings: findingsOf(report),
    },
    null,
    2,
  )}\n`;
