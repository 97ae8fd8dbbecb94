import { type Problem, printProblem } from './problem.ts';

/** The subgraphs do not make a supergraph, or cannot be read; the message can be shown. */
export class CompositionFailure extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(printProblem).join('\n\n'));
    this.name = 'CompositionFailure';
    this.problems = problems;
  }
}

/** What there is to read is not there, or not what it should be. */
export const unreadable = (message: string): CompositionFailure =>
  new CompositionFailure([{ code: 'UNREADABLE', message, places: [], cure: null }]);
