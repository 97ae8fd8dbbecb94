import type { Problem } from '../../composition/problem.ts';
import type { Finding, Judged } from '../finding.ts';

/** Hints that name what is hardly meant; the others tell of what was chosen. */
const WORTH_A_LOOK: ReadonlySet<string> = new Set([
  'DIRECTIVE_COMPOSITION_WARN',
  'FROM_SUBGRAPH_DOES_NOT_EXIST',
  'INCONSISTENT_ARGUMENT_PRESENCE',
  'INCONSISTENT_DEFAULT_VALUE_PRESENCE',
  'INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM',
  'INCONSISTENT_INPUT_OBJECT_FIELD',
  'INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS',
  'INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN',
  'NO_EXECUTABLE_DIRECTIVE_INTERSECTION',
]);

/** Tells why the subgraphs do not compose, or what composes and may not be meant. */
export const judgeComposes = (problems: readonly Problem[], hints: readonly Problem[]): Judged => ({
  findings: [
    ...problems.map((problem) => finding(problem, 'failure')),
    ...hints.map((hint) => finding(hint, WORTH_A_LOOK.has(hint.code) ? 'warning' : 'note')),
  ],
  text: '',
  markdown: '',
});

const finding = (problem: Problem, severity: Finding['severity']): Finding => ({
  part: 'composes',
  severity,
  ...problem,
  operations: [],
});
