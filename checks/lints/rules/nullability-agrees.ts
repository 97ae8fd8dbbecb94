import { print } from 'graphql';
import { rule } from '../rule.ts';
import { fieldsOf, groupBy } from '../select.ts';

/**
 * Subgraphs that share a field agree whether it can be null. Composition takes the nullable of the two, so that what
 * one promises is not what clients read, and one careless subgraph takes the promise from all.
 */
export const nullabilityAgrees = rule({
  severity: 'warning',
  options: {
    except: { kind: 'words', default: [], means: 'Coordinates that may differ.' },
  },
  judge: (linted, { except }) =>
    [...groupBy(fieldsOf(linted), ({ coordinate }) => coordinate).values()].flatMap((group) => {
      const [first, ...others] = group;
      if (except.includes(first.coordinate)) return [];
      return others.flatMap((element) => {
        const [here, there] = [print(element.node.type), print(first.node.type)];
        if (here === there || here.replaceAll('!', '') !== there.replaceAll('!', '')) return [];
        const message = `${first.coordinate} is ${here} in ${element.subgraph.name} and ${there} in ${first.subgraph.name}.`;
        return [{ element, at: element.node.type, message, cure: 'Write the same type in both.' }];
      });
    }),
});
