import { rule } from '../rule.ts';
import { fieldsOf, isNonNull } from '../select.ts';

/**
 * Root fields are nullable: one that is not takes `data` along when its subgraph is down, and with it what the
 * other subgraphs answered.
 */
export const nullableRootFields = rule({
  severity: 'failure',
  options: {
    except: { kind: 'words', default: [], means: 'Coordinates that stay, such as `Query.now`.' },
  },
  judge: (linted, { except }) =>
    fieldsOf(linted).flatMap((element) => {
      const { subgraph, type, node, coordinate } = element;
      if (subgraph.rootOf(type.coordinate) === null || node.name.value.startsWith('_')) return [];
      if (!isNonNull(node.type) || except.includes(coordinate)) return [];
      const message = `${coordinate} is not nullable: where ${subgraph.name} is down, all other data is null too.`;
      return [
        { element, at: node.type, message, cure: 'Take the last exclamation mark off its type.' },
      ];
    }),
});
