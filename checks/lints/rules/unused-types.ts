import { rule } from '../rule.ts';
import { elementsOf, namedType, typesOf } from '../select.ts';

/**
 * Every type is reached from somewhere: one that no field, argument, union or interface leads to is left over, and
 * whoever reads the schema takes it for something to use. Entities are reached through other subgraphs.
 */
export const unusedTypes = rule({
  severity: 'warning',
  options: {
    except: { kind: 'words', default: [], means: 'Types that stay.' },
  },
  judge: (linted, { except }) => {
    const used = new Set(
      elementsOf(linted).flatMap((element) => {
        if (element.kind === 'type') return referredTo(element.node);
        return 'type' in element.node ? [namedType(element.node.type)] : [];
      }),
    );
    const declared = linted.subgraphs.flatMap(({ document }) =>
      document.definitions.flatMap((node) =>
        node.kind === 'DirectiveDefinition'
          ? (node.arguments ?? []).map(({ type }) => namedType(type))
          : [],
      ),
    );
    for (const name of declared) used.add(name);
    return typesOf(linted).flatMap((element) => {
      const { coordinate, subgraph } = element;
      if (used.has(coordinate) || except.includes(coordinate) || subgraph.isEntity(coordinate))
        return [];
      if (subgraph.rootOf(coordinate) !== null || implementsUsed(element.node, used)) return [];
      const message = `Nothing leads to ${coordinate}.`;
      return [{ element, message, cure: 'Remove it, or add the field that it is for.' }];
    });
  },
});

const referredTo = (node: object): readonly string[] =>
  'types' in node && Array.isArray(node.types) ? node.types.map((type) => namedType(type)) : [];

/** An object is also found as one of an interface that something leads to. */
const implementsUsed = (node: object, used: ReadonlySet<string>): boolean =>
  'interfaces' in node &&
  Array.isArray(node.interfaces) &&
  node.interfaces.some((type) => used.has(namedType(type)));
