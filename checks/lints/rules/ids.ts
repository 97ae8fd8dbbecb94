import { print } from 'graphql';
import { rule } from '../rule.ts';
import { elementsOf } from '../select.ts';

/**
 * A field `id` is `ID!`, an argument of that name is `ID`: caches of clients tell objects apart by it, so that it is
 * always there and always a text.
 */
export const ids = rule({
  severity: 'failure',
  options: {
    except: { kind: 'words', default: [], means: 'Coordinates that stay, such as `Legacy.id`.' },
  },
  judge: (linted, { except }) =>
    elementsOf(linted).flatMap((element) => {
      const { kind, node, coordinate } = element;
      if (kind !== 'field' && kind !== 'argument' && kind !== 'inputField') return [];
      if (node.name.value !== 'id' || except.includes(coordinate)) return [];
      const found = print(node.type);
      const wanted = kind === 'field' ? 'ID!' : 'ID';
      if (found === 'ID!' || found === wanted) return [];
      const message = `${coordinate} is ${found} and not ${wanted}.`;
      return [
        { element, at: node.type, message, cure: `Make it ${wanted}, or call it something else.` },
      ];
    }),
});
