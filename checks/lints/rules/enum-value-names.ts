import { rule } from '../rule.ts';
import { enumValuesOf } from '../select.ts';

const SCREAMING_SNAKE_CASE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/**
 * Values of enums are SCREAMING_SNAKE_CASE: an operation writes them without quotes, and their look is all that
 * tells them from names of fields and types.
 */
export const enumValueNames = rule({
  severity: 'failure',
  options: {
    except: { kind: 'words', default: [], means: 'Values that stay as they are.' },
  },
  judge: (linted, { except }) =>
    enumValuesOf(linted).flatMap((element) => {
      const name = element.node.name.value;
      if (SCREAMING_SNAKE_CASE.test(name) || except.includes(name)) return [];
      const message = `${element.coordinate} is not SCREAMING_SNAKE_CASE.`;
      return [{ element, message, cure: `Call it ${screaming(name)}.` }];
    }),
});

const screaming = (name: string): string =>
  name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
