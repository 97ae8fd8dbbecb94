import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  visit,
} from 'graphql';
import { guardName } from './guard.ts';
import { type GuardedTypes, visitGuarded } from './places.ts';

/** Marks a field that the viewer may not see; clients cannot write it, since no schema defines it. */
const MARK: DirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'emporium__leftOut' },
};

/** Whether the field is to be answered by null and an error instead of being fetched. */
export const isLeftOut = ({ directives = [] }: FieldNode): boolean =>
  directives.some(({ name }) => name.value === MARK.name.value);

/**
 * Marks the fields whose guards the viewer does not meet. They stay in the document, so that the
 * answer has a null and an error in each of their places.
 *
 * @param granted the names of the guards that are met
 */
export const leaveOut = (
  schema: GraphQLSchema,
  guarded: GuardedTypes,
  document: DocumentNode,
  granted: readonly string[],
): DocumentNode =>
  visitGuarded(schema, guarded, document, (field, guards) => {
    if (guards.every((guard) => granted.includes(guardName(guard)))) return undefined;
    return { ...field, directives: [...(field.directives ?? []), MARK] };
  });

/** The document without the fields that are left out: what is planned and fetched. */
export const withoutLeftOut = (document: DocumentNode, placeholder: FieldNode): DocumentNode =>
  visit(document, {
    SelectionSet: (set) => {
      const kept = set.selections.filter((each) => each.kind !== Kind.FIELD || !isLeftOut(each));
      if (kept.length === set.selections.length) return undefined;
      return { ...set, selections: kept.length > 0 ? kept : [placeholder] };
    },
  });
