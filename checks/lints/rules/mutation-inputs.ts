import { OperationTypeNode } from 'graphql';
import { rule } from '../rule.ts';
import { argumentsOf } from '../select.ts';

/**
 * A mutation takes one argument `input`: clients keep one variable for it, forms fill it, and it grows without a
 * change of every operation's text. `beside` names what may stand next to it, such as the `id` of what is changed.
 */
export const mutationInputs = rule({
  severity: 'warning',
  options: {
    argument: { kind: 'words', default: ['input'], means: 'What the argument is called.' },
    beside: {
      kind: 'words',
      default: [],
      means: 'Arguments that may stand beside or in its place.',
    },
  },
  judge: (linted, { argument, beside }) =>
    argumentsOf(linted).flatMap((element) => {
      const { field, subgraph, node, coordinate } = element;
      if (subgraph.rootOf(field.type.coordinate) !== OperationTypeNode.MUTATION) return [];
      const name = node.name.value;
      if (argument.includes(name) || beside.includes(name)) return [];
      const message = `${coordinate} stands beside the input of its mutation.`;
      return [{ element, message, cure: `Move it into the input object of ${field.coordinate}.` }];
    }),
});
