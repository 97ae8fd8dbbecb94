import type { Finding, Judged, Severity } from '../finding.ts';
import { nameOf, placesOf, type RegisteredOperation } from '../operations/read.ts';
import {
  measureSurvival,
  type Survival,
  type SurvivalRequest,
  type SurvivalRow,
} from './measure.ts';
import { heatMap, table } from './show.ts';

/** What can be found of survival. */
export type SurvivalCode =
  /** All of an operation is lost with one subgraph. */
  | 'DATA_LOST'
  /** The same, where it was not so before. */
  | 'SURVIVES_LESS'
  /** A promise names no subgraph. */
  | 'SURVIVES_UNKNOWN'
  /** A promise names a subgraph that the operation does not ask. */
  | 'SURVIVES_UNASKED'
  /** An operation could not be tried. */
  | 'SURVIVAL_UNKNOWN';

/** What is judged, and what it is compared with. */
export interface SurvivalQuestion extends SurvivalRequest {
  /** The rows of the base, as `measureSurvival` gave them; null where there is none to compare with. */
  readonly before: readonly SurvivalRow[] | null;
}

/** Judges what registered operations lose when one subgraph is down. */
export const judgeSurvival = async ({
  before,
  ...request
}: SurvivalQuestion): Promise<Judged & Pick<Survival, 'rows'>> => {
  const survival = await measureSurvival(request);
  const findings = request.operations.flatMap((operation) => [
    ...lossesOf(operation, survival, before),
    ...idlePromises(operation, survival),
    ...untriedOf(operation, survival),
  ]);
  return { findings, rows: survival.rows, text: table(survival), markdown: heatMap(survival) };
};

/** Only where all is lost: fields that are null then are what a failure is to cost. */
const lossesOf = (
  operation: RegisteredOperation,
  { rows }: Survival,
  before: SurvivalQuestion['before'],
): readonly Finding[] => {
  const name = nameOf(operation);
  const lost = rows.filter((row) => row.operation === name && row.outcome === 'lost');
  return lost.flatMap((row) => {
    const isPromised = operation.promises.survives.includes(row.subgraph);
    const earlier = lossBefore(row, before);
    if (!isPromised && !isWorthTelling(row, earlier)) return [];
    const promised = isPromised ? `, though \`# survives: ${row.subgraph}\` stands above it` : '';
    const since = earlier === 'survived' ? '; before the change it did not' : '';
    return finding(operation, isPromised ? 'failure' : 'warning', {
      code: earlier === 'survived' ? 'SURVIVES_LESS' : 'DATA_LOST',
      message: `${name} loses all its data when ${row.subgraph} is down${promised}: nothing on the way to ${list(row.nulls)} may be null${since}.`,
      cure: `Let a field on that way be nullable, as a field that another subgraph resolves should be${isPromised ? ', or take back the promise' : ''}.`,
    });
  });
};

/** Whether the base lost it already; nothing can be said of an operation that it does not have. */
type Earlier = 'lost' | 'survived' | 'unknown';

const lossBefore = (row: SurvivalRow, before: SurvivalQuestion['before']): Earlier => {
  const same = (before ?? []).filter(({ operation }) => operation === row.operation);
  if (same.length === 0) return 'unknown';
  const isLost = same.some(
    ({ subgraph, outcome }) => subgraph === row.subgraph && outcome === 'lost',
  );
  return isLost ? 'lost' : 'survived';
};

/** Where nothing else was asked there was nothing to be saved, and what was so before is no change's fault. */
const isWorthTelling = ({ hasOtherRoots }: SurvivalRow, earlier: Earlier): boolean =>
  earlier === 'survived' || (earlier === 'unknown' && hasOtherRoots);

const idlePromises = (
  operation: RegisteredOperation,
  { subgraphs, rows, untried }: Survival,
): readonly Finding[] => {
  const name = nameOf(operation);
  if (untried.some((each) => each.operation === name)) return [];
  const asked = rows.flatMap((row) => (row.operation === name ? [row.subgraph] : []));
  return operation.promises.survives.flatMap((promised) => {
    if (asked.includes(promised)) return [];
    return subgraphs.includes(promised)
      ? finding(operation, 'warning', {
          code: 'SURVIVES_UNASKED',
          message: `${name} promises to survive ${promised}, which it does not ask: the promise says nothing.`,
          cure: `Take ${promised} out of \`# survives:\`.`,
        })
      : finding(operation, 'warning', {
          code: 'SURVIVES_UNKNOWN',
          message: `${name} promises to survive ${promised}, which is no subgraph.`,
          cure: `Name one of ${subgraphs.join(', ')}.`,
        });
  });
};

const untriedOf = (operation: RegisteredOperation, { untried }: Survival): readonly Finding[] =>
  untried
    .filter((each) => each.operation === nameOf(operation))
    .flatMap(({ operation: name, reason }) =>
      finding(operation, 'note', {
        code: 'SURVIVAL_UNKNOWN',
        message: `What ${name} loses could not be tried: ${reason}`,
        cure: null,
      }),
    );

const finding = (
  operation: RegisteredOperation,
  severity: Severity,
  told: { readonly code: SurvivalCode; readonly message: string; readonly cure: string | null },
): readonly Finding[] => [
  {
    part: 'survives',
    severity,
    ...told,
    places: placesOf(operation),
    operations: [nameOf(operation)],
  },
];

const list = (paths: readonly string[]): string => paths.map((each) => `\`${each}\``).join(', ');
