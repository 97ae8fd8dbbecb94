import { print } from 'graphql';
import type { FieldElement, TypeElement } from '../../schemas/inspect.ts';
import { rule } from '../rule.ts';
import { fieldsOf, namedType, typesOf } from '../select.ts';

/**
 * What is called a connection is one (https://relay.dev/graphql/connections.htm), so that a client pages every list by
 * the same code: `nodes` or `edges`, `pageInfo`, and arguments that page.
 */
export const connections = rule({
  severity: 'failure',
  options: {
    totalCount: { kind: 'flag', default: false, means: 'Whether each needs `totalCount` as well.' },
  },
  judge: (linted, { totalCount }) => [
    ...typesOf(linted)
      .filter(isConnection)
      .flatMap((element) => missingParts(element, totalCount)),
    ...fieldsOf(linted)
      .filter(({ node }) => namedType(node.type).endsWith('Connection'))
      .flatMap(missingArguments),
  ],
});

const isConnection = ({ node }: TypeElement): boolean =>
  'fields' in node &&
  node.kind !== 'InputObjectTypeDefinition' &&
  node.name.value.endsWith('Connection');

const missingParts = (element: TypeElement, totalCount: boolean) => {
  const fields = new Map(
    element.subgraph.elements.flatMap((each) =>
      each.kind === 'field' && each.type.coordinate === element.coordinate
        ? [[each.node.name.value, print(each.node.type)] as const]
        : [],
    ),
  );
  const missing = [
    ...(fields.has('nodes') || fields.has('edges') ? [] : ['`edges` or `nodes`']),
    ...(fields.get('pageInfo') === 'PageInfo!' ? [] : ['`pageInfo: PageInfo!`']),
    ...(!totalCount || fields.has('totalCount') ? [] : ['`totalCount`']),
  ];
  return missing.map((part) => ({
    element,
    message: `${element.coordinate} has no ${part.replaceAll('`', '')}.`,
    cure: `Add ${part}, or call it something else than a connection.`,
  }));
};

const missingArguments = (element: FieldElement) => {
  const names = new Set((element.node.arguments ?? []).map(({ name }) => name.value));
  const pages = ['first', 'after'].every((name) => names.has(name));
  const pagesBack = ['last', 'before'].every((name) => names.has(name));
  if (pages || pagesBack || element.subgraph.applied(element.node, 'external').length > 0)
    return [];
  const message = `${element.coordinate} gives a connection and cannot be paged.`;
  return [{ element, message, cure: 'Add `first: Int, after: String`.' }];
};
