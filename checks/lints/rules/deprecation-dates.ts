import { deprecatedOf } from '../deprecated.ts';
import { rule } from '../rule.ts';
import { WEIGHTS } from '../weight.ts';

/**
 * What is deprecated says until when it stays, and goes then. Without a date nobody plans the change, and what is
 * never removed teaches people that deprecation means nothing.
 */
export const deprecationDates = rule({
  severity: 'failure',
  options: {
    undated: {
      kind: 'choice',
      choices: WEIGHTS,
      default: 'warning',
      means: 'How much it weighs where there is no date.',
    },
    pattern: {
      kind: 'pattern',
      default: '\\d{4}-\\d{2}-\\d{2}',
      means:
        'Finds the date in the reason; its first group, or all of it, is a date as `2026-12-31`.',
    },
  },
  judge: (linted, { undated, pattern }) =>
    deprecatedOf(linted).flatMap(({ element, directive, reason }) => {
      const { coordinate } = element;
      const found = new RegExp(pattern).exec(reason);
      const date = found?.[1] ?? found?.[0];
      if (date === undefined) {
        const message = `${coordinate} is deprecated, and nobody knows until when it stays.`;
        const cure = 'Write the last day into its reason, such as 2026-12-31.';
        return [{ element, at: directive, message, cure, severity: undated }];
      }
      if (Number.isNaN(Date.parse(date))) {
        const message = `${coordinate} is deprecated until ${date}, which is no day.`;
        return [{ element, at: directive, message, cure: 'Write a day such as 2026-12-31.' }];
      }
      if (date >= linted.today) return [];
      const message = `${coordinate} was to go after ${date}.`;
      const cure = 'Remove it, or agree on another day and write that.';
      return [{ element, at: directive, message, cure }];
    }),
});
