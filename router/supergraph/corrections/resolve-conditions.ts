import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { Variables } from '../../execution/run.ts';

/** Stands where every selection is skipped, since a selection cannot be empty; it is never answered. */
export const PLACEHOLDER = 'r_nothing';

/**
 * Apollo's planner takes the condition of an only field for one of the whole fetch, fetches what a
 * `@requires` needs under the condition of the field that needs it first, and leaves introspection in
 * fragments that have a directive (tests/execution/wrong-plans: object-of-conditions-only,
 * required-field-left-out, introspection-under-a-directive, renamed-under-a-directive). So it is given
 * operations without conditions: each outcome of `@skip`, `@include` and `@defer(if:)` is planned for
 * itself.
 *
 * @param flags the coerced variables
 */
export const resolveConditions = (document: DocumentNode, flags: Variables): DocumentNode =>
  visit(document, {
    // Answered by graphql-js, conditions included.
    Field: { enter: ({ name }) => (INTROSPECTION.has(name.value) ? false : undefined) },
    SelectionSet: {
      leave: (set): SelectionSetNode => {
        const selections = set.selections.flatMap((each) => resolve(each, flags));
        return { ...set, selections: selections.length > 0 ? selections : [NOTHING] };
      },
    },
  });

const INTROSPECTION: ReadonlySet<string> = new Set(['__schema', '__type']);

export const NOTHING: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: PLACEHOLDER },
  name: { kind: Kind.NAME, value: '__typename' },
};

const resolve = (selection: SelectionNode, flags: Variables): SelectionNode[] => {
  const kept: DirectiveNode[] = [];
  for (const directive of selection.directives ?? []) {
    const holds = conditionOf(directive, flags);
    switch (directive.name.value) {
      case 'skip':
        if (holds) return [];
        break;
      case 'include':
        if (!holds) return [];
        break;
      case 'defer':
        if (holds) kept.push(withoutCondition(directive));
        break;
      default:
        kept.push(directive);
    }
  }
  return [{ ...selection, directives: kept }];
};

const conditionOf = ({ arguments: args = [] }: DirectiveNode, flags: Variables): boolean => {
  const value = args.find(({ name }) => name.value === 'if')?.value;
  if (value?.kind === Kind.VARIABLE) return flags[value.name.value] === true;
  // Without one it holds: only @defer may leave it out.
  return value?.kind === Kind.BOOLEAN ? value.value : true;
};

const withoutCondition = (directive: DirectiveNode): DirectiveNode => ({
  ...directive,
  arguments: (directive.arguments ?? []).filter(({ name }) => name.value !== 'if'),
});

/** The variables that the conditions of a document read. */
export const conditionVariables = (document: DocumentNode): readonly string[] => {
  const names = new Set<string>();
  visit(document, {
    Directive: ({ name, arguments: args = [] }) => {
      if (!['skip', 'include', 'defer'].includes(name.value)) return;
      for (const { name: argument, value } of args) {
        if (argument.value === 'if' && value.kind === Kind.VARIABLE) names.add(value.name.value);
      }
    },
  });
  return [...names];
};
