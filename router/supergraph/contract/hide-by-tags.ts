import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
} from 'graphql';
import type { Marks } from './marks.ts';
import type { ContractTerms } from './terms.ts';

interface Directed {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}

/**
 * Hides what the terms do not show. Excluded is whatever carries such a tag. Where tags are included, fields of
 * objects and interfaces and unions are hidden that carry none of them; a tag on a type is one on each of its fields.
 * Enums, inputs, scalars and arguments need no tag to be shown. What has no parts left is hidden as a whole.
 *
 * @param tag what the supergraph calls `@tag`; undefined where it has none
 * @returns the document itself where nothing is to be hidden
 */
export const hideByTags = (
  document: DocumentNode,
  { include, exclude }: ContractTerms,
  tag: string | undefined,
  { isHidden, hide }: Marks,
): DocumentNode => {
  const carries = ({ directives = [] }: Directed, tags: readonly string[]): boolean =>
    directives.some(({ name, arguments: args }) => name.value === tag && names(args, tags));
  const isIncluded = (node: Directed): boolean => include.length === 0 || carries(node, include);

  const unlessExcluded = <Node extends Directed>(node: Node): Node =>
    carries(node, exclude) ? hide(node) : node;
  const field = (node: FieldDefinitionNode, isWholeIncluded: boolean): FieldDefinitionNode => {
    if (carries(node, exclude) || !(isWholeIncluded || isIncluded(node))) return hide(node);
    const args = each(node.arguments, unlessExcluded);
    return args === (node.arguments ?? args) ? node : { ...node, arguments: args };
  };
  /** Hidden where it is excluded or none of its parts is left; otherwise with its parts as they are now. */
  const withParts = <Node extends Directed>(node: Node, parts: readonly Directed[]): Node =>
    parts.length > 0 && parts.every(isHidden) ? hide(node) : unlessExcluded(node);

  const definition = (node: DefinitionNode): DefinitionNode => {
    switch (node.kind) {
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION: {
        const fields = each(node.fields, (part) => field(part, isIncluded(node)));
        return withParts(fields === node.fields ? node : { ...node, fields }, fields);
      }
      case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
        const fields = each(node.fields, unlessExcluded);
        return withParts(fields === node.fields ? node : { ...node, fields }, fields);
      }
      case Kind.ENUM_TYPE_DEFINITION: {
        const values = each(node.values, unlessExcluded);
        return withParts(values === node.values ? node : { ...node, values }, values);
      }
      case Kind.UNION_TYPE_DEFINITION:
        return isIncluded(node) ? unlessExcluded(node) : hide(node);
      case Kind.SCALAR_TYPE_DEFINITION:
        return unlessExcluded(node);
      default:
        return node;
    }
  };
  const definitions = each(document.definitions, definition);
  return definitions === document.definitions ? document : { ...document, definitions };
};

const names = (args: ConstDirectiveNode['arguments'], tags: readonly string[]): boolean =>
  (args ?? []).some(
    ({ name, value }) =>
      name.value === 'name' && value.kind === Kind.STRING && tags.includes(value.value),
  );

/** The list itself where no item changes. */
const each = <Item>(items: readonly Item[] = [], change: (item: Item) => Item): readonly Item[] => {
  const changed = items.map(change);
  return changed.every((item, index) => item === items[index]) ? items : changed;
};
