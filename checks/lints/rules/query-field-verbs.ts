import { OperationTypeNode } from 'graphql';
import { rule } from '../rule.ts';
import { fieldsOf } from '../select.ts';

/**
 * Fields of Query are called what they give: `product`, not `getProduct`. A query cannot but get, so the verb
 * says nothing, and it parts in an index what belongs together.
 */
export const queryFieldVerbs = rule({
  severity: 'warning',
  options: {
    verbs: {
      kind: 'words',
      default: ['get', 'list', 'fetch', 'find', 'query', 'load', 'read', 'retrieve'],
      means: 'What no name begins with, before a capital letter.',
    },
  },
  judge: (linted, { verbs }) =>
    fieldsOf(linted).flatMap((element) => {
      const { subgraph, type, node } = element;
      if (subgraph.rootOf(type.coordinate) !== OperationTypeNode.QUERY) return [];
      const name = node.name.value;
      const verb = verbs.find(
        (each) => name.startsWith(each) && /^[A-Z]/.test(name.slice(each.length)),
      );
      if (verb === undefined) return [];
      const rest = name.slice(verb.length);
      const cure = `Call it ${rest.charAt(0).toLowerCase()}${rest.slice(1)}.`;
      return [{ element, message: `${element.coordinate} begins with the verb ${verb}.`, cure }];
    }),
});
