import { type SelectionNode, type SelectionSetNode, valueFromASTUntyped } from 'graphql';
import { type Arguments, isThing, type Thing } from './thing.ts';

/** Gives a field of a thing. */
export type Resolve = (thing: Thing, field: string, args: Arguments) => unknown;

/** What a `fields` argument selects of a thing. */
export const evaluate = (
  selections: SelectionSetNode,
  thing: Thing,
  resolve: Resolve,
): Record<string, unknown> =>
  Object.assign(
    {},
    ...selections.selections.map((selection) => evaluateOne(selection, thing, resolve)),
  );

const evaluateOne = (
  selection: SelectionNode,
  thing: Thing,
  resolve: Resolve,
): Record<string, unknown> => {
  if (selection.kind === 'Field') {
    const { name, selectionSet } = selection;
    if (name.value === '__typename') return {};
    const args = Object.fromEntries(
      (selection.arguments ?? []).map((each) => [each.name.value, valueFromASTUntyped(each.value)]),
    );
    return { [name.value]: within(resolve(thing, name.value, args), selectionSet, resolve) };
  }
  if (selection.kind === 'FragmentSpread') return {};
  const condition = selection.typeCondition?.name.value ?? thing.typename;
  return condition === thing.typename ? evaluate(selection.selectionSet, thing, resolve) : {};
};

const within = (
  value: unknown,
  selections: SelectionSetNode | undefined,
  resolve: Resolve,
): unknown => {
  if (selections === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => within(each, selections, resolve));
  return isThing(value) ? evaluate(selections, value, resolve) : value;
};

/** The same of JSON that was sent; null for what is missing. */
export const pick = (selections: SelectionSetNode, given: Arguments): Record<string, unknown> =>
  Object.assign({}, ...selections.selections.map((selection) => pickOne(selection, given)));

const pickWithin = (value: unknown, selections: SelectionSetNode | undefined): unknown => {
  if (selections === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => pickWithin(each, selections));
  return typeof value === 'object' && value !== null ? pick(selections, { ...value }) : null;
};

const pickOne = (selection: SelectionNode, given: Arguments): Record<string, unknown> => {
  if (selection.kind === 'Field') {
    const { name, selectionSet } = selection;
    if (name.value === '__typename') return {};
    const value = Object.hasOwn(given, name.value) ? given[name.value] : null;
    return { [name.value]: pickWithin(value, selectionSet) };
  }
  if (selection.kind === 'FragmentSpread') return {};
  const condition = selection.typeCondition?.name.value;
  const applies = condition === undefined || condition === given['__typename'];
  return applies ? pick(selection.selectionSet, given) : {};
};
