import type { Finding, Judged, Part } from '../finding.ts';

/** What came of one part. */
export interface PartReport extends Judged {
  readonly part: Part;
  /** Why it was not judged; null where it was. */
  readonly skipped: string | null;
  readonly ms: number;
}

/** What came of a check. */
export interface Report {
  /** What was judged, such as `supergraph.yaml`. */
  readonly judged: string;
  /** What it was compared with. */
  readonly base: string;
  readonly parts: readonly PartReport[];
}

export const findingsOf = ({ parts }: Report): readonly Finding[] =>
  parts.flatMap(({ findings }) => findings);

export const hasFailed = (report: Report): boolean =>
  findingsOf(report).some(({ severity }) => severity === 'failure');

/** `2 failures, 1 warning, 4 notes`; `nothing found` where there is nothing. */
export const countsOf = (findings: readonly Finding[]): string => {
  const counts = (['failure', 'warning', 'note'] as const).flatMap((severity) => {
    const count = findings.filter((each) => each.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return counts.length === 0 ? 'nothing found' : counts.join(', ');
};
