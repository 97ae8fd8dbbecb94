import { type FieldNode, parse, type SelectionSetNode } from 'graphql';
import type { FetchNode } from './plan.ts';
import { renamedPath } from './rewrites.ts';
import { isOfType, type SupergraphTypes } from './types.ts';

/** The fields that a fetch asks for, under the names that they have in the data. */
export interface AskedFields {
  /** Of the root; of entities, `_entities` is not among them. */
  readonly ofRoot: readonly string[];
  /** Of an entity that is represented as of `type`. */
  readonly ofEntity: (type: string) => readonly string[];
  /** Of entities of any type. */
  readonly ofAny: readonly string[];
}

/** Read from the fetch's document: dear, and needed where something failed only. */
export const askedFields = (node: FetchNode, types: SupergraphTypes): AskedFields => {
  const operation = parse(node.operation).definitions.find(
    (each) => each.kind === 'OperationDefinition',
  );
  const root = fieldsOf(operation?.selectionSet, undefined, types);
  const names = (fields: readonly FieldNode[]): readonly string[] => [
    ...new Set(fields.map(({ alias, name }) => nameIn(node, (alias ?? name).value))),
  ];
  const ofEntity = (type?: string): readonly string[] =>
    names(root.flatMap(({ selectionSet }) => fieldsOf(selectionSet, type, types)));
  return { ofRoot: names(root), ofEntity, ofAny: ofEntity() };
};

const nameIn = ({ outputRewrites }: FetchNode, name: string): string =>
  String(renamedPath(outputRewrites, [name])[0]);

/** The fields of a selection and of those of its fragments that apply; all where no type is given. */
const fieldsOf = (
  selection: SelectionSetNode | undefined,
  type: string | undefined,
  types: SupergraphTypes,
): FieldNode[] =>
  (selection?.selections ?? []).flatMap((each): FieldNode[] => {
    if (each.kind === 'Field') return each.name.value === '__typename' ? [] : [each];
    if (each.kind === 'FragmentSpread') return [];
    const condition = each.typeCondition?.name.value;
    const applies =
      type === undefined || condition === undefined || isOfType(types, type, condition);
    return applies ? fieldsOf(each.selectionSet, type, types) : [];
  });
