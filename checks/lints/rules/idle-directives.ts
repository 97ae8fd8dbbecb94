import { type ConstDirectiveNode, Kind, visit } from 'graphql';
import { importsOf } from '../../schemas/directive-names.ts';
import type { Element, FieldElement, SchemaElement } from '../../schemas/inspect.ts';
import { type Complaint, type Linted, rule } from '../rule.ts';
import { elementsOf, fieldsOf, groupBy } from '../select.ts';

/**
 * A directive does something where it stands. `@shareable` on what nobody shares, `@override` of a field that the other
 * subgraph does not have, `@listSize` by an argument that there is not, an import that is not used: each was written
 * for a purpose that it does not serve.
 */
export const idleDirectives = rule({
  severity: 'warning',
  options: {
    except: {
      kind: 'words',
      default: [],
      means: 'Directives that are not looked at, such as `shareable`.',
    },
  },
  judge: (linted, { except }) =>
    [
      ['shareable', idleShareables] as const,
      ['override', idleOverrides] as const,
      ['listSize', idleListSizes] as const,
      ['link', unusedImports] as const,
    ].flatMap(([directive, find]) => (except.includes(directive) ? [] : find(linted))),
});

/** On what only one subgraph defines. */
const idleShareables = (linted: Linted): readonly Complaint[] => {
  const definedIn = groupBy(elementsOf(linted), ({ coordinate }) => coordinate);
  return elementsOf(linted).flatMap((element) => {
    const others = definedIn
      .get(element.coordinate)
      ?.some(({ subgraph }) => subgraph !== element.subgraph);
    if (others) return [];
    return element.subgraph.applied(element.node, 'shareable').map((at) => ({
      element,
      at,
      message: `${element.coordinate} is @shareable, and only ${element.subgraph.name} has it.`,
      cure: 'Take @shareable away until a second subgraph resolves it.',
    }));
  });
};

/** From a subgraph that there is not, or that has no such field. */
const idleOverrides = (linted: Linted): readonly Complaint[] => {
  const definedIn = groupBy(fieldsOf(linted), ({ coordinate }) => coordinate);
  return fieldsOf(linted).flatMap((element) =>
    element.subgraph.applied(element.node, 'override').flatMap((at) => {
      const [from = ''] = textsOf(at, 'from');
      if (definedIn.get(element.coordinate)?.some(({ subgraph }) => subgraph.name === from))
        return [];
      const message = `${element.coordinate} overrides ${from}, which has no such field.`;
      return [
        {
          element,
          at,
          message,
          cure: 'The move is done, or the name is wrong: take @override away.',
        },
      ];
    }),
  );
};

const idleListSizes = (linted: Linted): readonly Complaint[] =>
  fieldsOf(linted).flatMap((element) =>
    element.subgraph.applied(element.node, 'listSize').flatMap((at) => strayArguments(element, at)),
  );

const strayArguments = (element: FieldElement, at: ConstDirectiveNode): readonly Complaint[] => {
  const names = (element.node.arguments ?? []).map(({ name }) => name.value);
  return textsOf(at, 'slicingArguments')
    .filter((path) => !names.includes(path.split('.')[0] ?? ''))
    .map((path) => ({
      element,
      at,
      message: `${element.coordinate} has no argument ${path} to slice it by.`,
      cure: 'Name an argument of the field, or take it out of slicingArguments.',
    }));
};

/** `@link(import:)` of a directive that the schema does not use. */
const unusedImports = ({ subgraphs }: Linted): readonly Complaint[] =>
  subgraphs.flatMap(({ document, elements }) => {
    const used = new Set<string>();
    visit(document, { Directive: ({ name }) => void used.add(name.value) });
    return elements.filter(isSchema).flatMap((element) =>
      importsOf(element.node)
        .filter(({ here }) => !used.has(here))
        .map(({ here, at }) => ({
          element,
          at,
          message: `@${here} is imported and not used.`,
          cure: 'Take it out of the import.',
        })),
    );
  });

const isSchema = (element: Element): element is SchemaElement => element.kind === 'schema';

const textsOf = (
  { arguments: args = [] }: ConstDirectiveNode,
  argument: string,
): readonly string[] =>
  args
    .filter(({ name }) => name.value === argument)
    .flatMap(({ value }) => (value.kind === Kind.LIST ? value.values : [value]))
    .flatMap((value) => (value.kind === Kind.STRING ? [value.value] : []));
