import { rule } from '../rule.ts';
import { elementsOf } from '../select.ts';

const CAMEL_CASE = /^[a-z][A-Za-z0-9]*$/;

/**
 * Fields, arguments and fields of inputs are camelCase: they become properties of clients' objects, and whoever
 * guesses a name guesses right.
 */
export const fieldNames = rule({
  severity: 'failure',
  options: {
    except: { kind: 'words', default: [], means: 'Names that stay as they are.' },
  },
  judge: (linted, { except }) =>
    elementsOf(linted).flatMap((element) => {
      if (!('name' in element.node) || element.node.name === undefined) return [];
      if (!['field', 'argument', 'inputField'].includes(element.kind)) return [];
      const name = element.node.name.value;
      if (CAMEL_CASE.test(name) || except.includes(name)) return [];
      const message = `${element.coordinate} is not camelCase.`;
      return [
        { element, message, cure: `Call it ${camelCase(name)}, beside the old name at first.` },
      ];
    }),
});

const camelCase = (name: string): string => {
  const [first = '', ...others] = name.split('_').filter(Boolean);
  const begin = /[a-z]/.test(first)
    ? first.charAt(0).toLowerCase() + first.slice(1)
    : first.toLowerCase();
  return (
    begin +
    others.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()).join('')
  );
};
