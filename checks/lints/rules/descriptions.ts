import type { Element } from '../../schemas/inspect.ts';
import { rule } from '../rule.ts';
import { elementsOf, groupBy } from '../select.ts';
import { WEIGHTS, type Weight } from '../weight.ts';

const levels = ['on', ...WEIGHTS] as const;

const level = (what: string) =>
  ({
    kind: 'choice',
    choices: levels,
    default: 'on',
    means: `Of ${what}; \`on\` is the rule's severity.`,
  }) as const;

/**
 * What a client may use says what it is: unit, bounds, and what null means cannot be read from a type. In a
 * federation one description is enough, by whichever subgraph; a stub of another's entity needs none.
 */
export const descriptions = rule({
  severity: 'warning',
  options: {
    types: level('types'),
    fields: level('fields'),
    inputFields: level('fields of inputs'),
    arguments: level('arguments'),
    enumValues: level('values of enums'),
    selfExplanatory: {
      kind: 'words',
      default: ['id', 'input', 'first', 'after', 'last', 'before'],
      means: 'Names of fields and arguments that explain themselves.',
    },
    hiddenBy: {
      kind: 'words',
      default: [],
      means: 'Tags; what carries one, or is part of what does, needs no description.',
    },
  },
  judge: (linted, options) => {
    const levelOf = (element: Element): (typeof levels)[number] => {
      switch (element.kind) {
        case 'type':
          return element.subgraph.rootOf(element.coordinate) === null ? options.types : 'off';
        case 'field':
          return options.fields;
        case 'inputField':
          return options.inputFields;
        case 'argument':
          return options.arguments;
        case 'enumValue':
          return options.enumValues;
        case 'schema':
          return 'off';
      }
    };
    const byCoordinate = groupBy(elementsOf(linted), ({ coordinate }) => coordinate);
    return [...byCoordinate.values()].flatMap((group) => {
      const [element] = group;
      const chosen = levelOf(element);
      if (chosen === 'off' || group.some(({ node }) => 'description' in node && node.description))
        return [];
      if (isSelfExplanatory(element, options.selfExplanatory)) return [];
      if (group.some((each) => isHidden(each, options.hiddenBy))) return [];
      const message = `${element.coordinate} has no description.`;
      const cure = 'Say above it in quotes what it is: unit, bounds, what null means.';
      return [{ element, message, cure, ...severity(chosen) }];
    });
  },
});

const severity = (chosen: 'on' | Weight): { readonly severity?: Weight } =>
  chosen === 'on' ? {} : { severity: chosen };

const isSelfExplanatory = ({ kind, node }: Element, names: readonly string[]): boolean =>
  (kind === 'field' || kind === 'argument') && names.includes(node.name.value);

const isHidden = (element: Element, tags: readonly string[]): boolean => {
  const parent = parentOf(element);
  const own = element.subgraph.applied(element.node, 'tag');
  const isTagged = own.some(({ arguments: args = [] }) =>
    args.some(({ value }) => 'value' in value && tags.includes(String(value.value))),
  );
  return isTagged || (parent !== null && isHidden(parent, tags));
};

const parentOf = (element: Element): Element | null => {
  if (element.kind === 'argument') return element.field;
  return 'type' in element ? element.type : null;
};
