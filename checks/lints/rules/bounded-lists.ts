import type { FieldElement } from '../../schemas/inspect.ts';
import { rule } from '../rule.ts';
import { fieldsOf, isList, namedType } from '../select.ts';

/**
 * Lists of objects on root types and entities are bounded: they grow with the data, and the day they have grown a
 * thousandfold is a bad day to begin paging. An argument bounds them, or `@listSize(assumedSize:)` says that they are
 * short by nature.
 */
export const boundedLists = rule({
  severity: 'failure',
  options: {
    arguments: {
      kind: 'words',
      default: ['first', 'last', 'limit', 'take', 'ids'],
      means: 'Arguments that bound a list.',
    },
    except: {
      kind: 'words',
      default: [],
      means: 'Coordinates that stay, such as `Query.countries`.',
    },
  },
  judge: (linted, options) =>
    fieldsOf(linted).flatMap((element) => {
      const { type, subgraph, node, coordinate } = element;
      if (subgraph.rootOf(type.coordinate) === null && !subgraph.isEntity(type.coordinate))
        return [];
      if (!isList(node.type) || !subgraph.isComposite(namedType(node.type))) return [];
      if (options.except.includes(coordinate) || node.name.value.startsWith('_')) return [];
      if (isBounded(element, options.arguments)) return [];
      const message = `${coordinate} is a list without bounds.`;
      const cure =
        'Give it an argument such as `first: Int!`, make it a connection, or say with @listSize(assumedSize:) how short it is.';
      return [{ element, at: node.type, message, cure }];
    }),
});

const isBounded = ({ subgraph, node }: FieldElement, names: readonly string[]): boolean =>
  (node.arguments ?? []).some(({ name }) => names.includes(name.value)) ||
  subgraph.applied(node, 'listSize').length > 0 ||
  subgraph.applied(node, 'external').length > 0;
