import type { FieldElement } from '../../schemas/inspect.ts';
import { rule } from '../rule.ts';
import { fieldsOf, isList, namedType } from '../select.ts';

/**
 * Where a supergraph counts what operations cost, every list of objects says how long it is: one that does not is
 * taken for a list of one, and what it holds is nearly free. A supergraph that uses no `@listSize` is left alone.
 */
export const listSizes = rule({
  severity: 'warning',
  options: {
    except: { kind: 'words', default: [], means: 'Coordinates that may go without.' },
  },
  judge: (linted, { except }) => {
    const fields = fieldsOf(linted);
    if (!fields.some(hasSize)) return [];
    const connections = new Set(
      fields.filter(hasSizedFields).map(({ node }) => namedType(node.type)),
    );
    return fields.flatMap((element) => {
      const { subgraph, node, coordinate, type } = element;
      if (hasSize(element) || except.includes(coordinate) || node.name.value.startsWith('_'))
        return [];
      if (!isList(node.type) || !subgraph.isComposite(namedType(node.type))) return [];
      // Whoever returns the connection says how long its lists are.
      if (connections.has(type.coordinate) || subgraph.applied(node, 'external').length > 0)
        return [];
      const message = `${coordinate} does not say how long it is, and counts as a list of one.`;
      const cure =
        'Add @listSize(assumedSize:) with what nearly everybody has, or slicingArguments.';
      return [{ element, message, cure }];
    });
  },
});

const hasSize = ({ subgraph, node }: FieldElement): boolean =>
  subgraph.applied(node, 'listSize').length > 0;

const hasSizedFields = ({ subgraph, node }: FieldElement): boolean =>
  subgraph
    .applied(node, 'listSize')
    .some(({ arguments: args = [] }) => args.some(({ name }) => name.value === 'sizedFields'));
