import { rule } from '../rule.ts';
import { typesOf } from '../select.ts';

const PASCAL_CASE = /^[A-Z][A-Za-z0-9]*$/;

/**
 * Types are PascalCase, so that a name tells what it names: clients make classes of types, and a `user_profile`
 * among them is a foreign body in every language.
 */
export const typeNames = rule({
  severity: 'failure',
  options: {
    except: { kind: 'words', default: [], means: 'Names that stay as they are.' },
  },
  judge: (linted, { except }) =>
    typesOf(linted).flatMap((element) => {
      const name = element.node.name.value;
      if (PASCAL_CASE.test(name) || except.includes(name)) return [];
      const message = `The type ${name} is not PascalCase.`;
      return [{ element, message, cure: `Call it ${pascalCase(name)}.` }];
    }),
});

const pascalCase = (name: string): string =>
  name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
