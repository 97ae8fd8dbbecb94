import { deprecatedOf } from '../deprecated.ts';
import { rule } from '../rule.ts';

/**
 * What is deprecated says what takes its place: "No longer supported", which stands there otherwise, sends people to
 * ask around, and they go on using it.
 */
export const deprecationReasons = rule({
  severity: 'failure',
  options: {},
  judge: (linted) =>
    deprecatedOf(linted).flatMap(({ element, directive, reason }) =>
      reason === ''
        ? [
            {
              element,
              at: directive,
              message: `${element.coordinate} is deprecated without a reason.`,
              cure: 'Write what to use in its place, and until when it stays: @deprecated(reason: "…").',
            },
          ]
        : [],
    ),
});
