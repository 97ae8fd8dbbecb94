import type { Prepared } from '../exchange.ts';
import { explanationOf } from '../explain/explanation.ts';
import type { Trail } from '../observe/trail.ts';

/** Lets the answer say how it came about, where its client asks for that and the router shows it. */
export const explain = (prepared: Prepared, trail: Trail): Prepared => {
  if (!trail.isExplained || prepared.kind === 'events') return prepared;
  const { extensions } = prepared;
  return {
    ...prepared,
    extensions: { ...extensions, explain: () => explanationOf(prepared, trail) },
  };
};
