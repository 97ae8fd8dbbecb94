import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Names } from './names.ts';

/**
 * What an object can be taken for: its type, or, where a subgraph knows an interface as an object
 * (@interfaceObject) and nothing was asked that depends on the type, that interface.
 */
export type ObjectType = GraphQLObjectType | GraphQLInterfaceType;

/** The nodes that ask for one field under one name. */
export type FieldNodes = [FieldNode, ...FieldNode[]];

/** What fields are collected from. */
interface Selections {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly names: Pick<Names, 'unanswered'>;
  /** Whether deferred fragments are left to parts of their own. */
  readonly defers: boolean;
}

/** CollectFields of the specification, of documents without `@skip` and `@include`. */
export interface Collector {
  /** By name in the answer, in the order of the document. */
  readonly collect: (
    type: ObjectType,
    sets: readonly SelectionSetNode[],
  ) => ReadonlyMap<string, FieldNodes>;
  /** Whether the selections give the same of all objects that implement an interface. */
  readonly isSameForAll: (type: ObjectType, sets: readonly SelectionSetNode[]) => boolean;
}

export const createCollector = ({ schema, document, names, defers }: Selections): Collector => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) {
    if (each.kind === 'FragmentDefinition') fragments.set(each.name.value, each);
  }
  const fragmentOf = (selection: InlineFragmentNode | FragmentSpreadNode) =>
    selection.kind === 'InlineFragment' ? selection : fragments.get(selection.name.value);
  const isAnswered = (selection: SelectionNode): boolean => {
    if (selection.kind === 'Field') return selection.alias?.value !== names.unanswered;
    return !defers || !isDeferred(selection);
  };
  const answered = ({ selections }: SelectionSetNode) => selections.filter(isAnswered);

  const collect: Collector['collect'] = (type, sets) => {
    const collected = new Map<string, FieldNodes>();
    const add = (set: SelectionSetNode): void => {
      for (const selection of answered(set)) {
        if (selection.kind === 'Field') {
          const name = (selection.alias ?? selection.name).value;
          const nodes = collected.get(name);
          if (nodes === undefined) collected.set(name, [selection]);
          else nodes.push(selection);
          continue;
        }
        const fragment = fragmentOf(selection);
        if (fragment === undefined) continue;
        if (isFor(schema, fragment.typeCondition?.name.value, type)) add(fragment.selectionSet);
      }
    };
    for (const set of sets) add(set);
    return collected;
  };

  const isSameForAll: Collector['isSameForAll'] = (type, sets) =>
    sets.flatMap(answered).every((selection) => {
      if (selection.kind === 'Field') return selection.name.value !== '__typename';
      const fragment = fragmentOf(selection);
      if (fragment === undefined) return true;
      const applies = isFor(schema, fragment.typeCondition?.name.value, type);
      return applies && isSameForAll(type, [fragment.selectionSet]);
    });

  return { collect, isSameForAll };
};

const isFor = (schema: GraphQLSchema, condition: string | undefined, type: ObjectType): boolean => {
  if (condition === undefined || condition === type.name) return true;
  const conditional = schema.getType(condition);
  return isAbstractType(conditional) && schema.isSubType(conditional, type);
};

const isDeferred = ({ directives = [] }: SelectionNode): boolean =>
  directives.some(({ name }) => name.value === 'defer');
