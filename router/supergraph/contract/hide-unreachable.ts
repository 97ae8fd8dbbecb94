import {
  type DefinitionNode,
  type DocumentNode,
  isTypeDefinitionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { type Marks, rootsOf } from './marks.ts';

/** Types of features, such as `join__Graph`, are nobody's to see and everybody's to need. */
const isOfFeature = (name: string): boolean => name.includes('__');

/** Hides the types that no way leads to from a root, or from a directive. */
export const hideUnreachable = (document: DocumentNode, marks: Marks): DocumentNode => {
  const types = document.definitions.filter(isTypeDefinitionNode);
  const byName = new Map(types.map((type) => [type.name.value, type]));
  const implementations = implementationsIn(types);
  const pending = [...rootsOf(document, marks).all, ...document.definitions.flatMap(ofDirective)];
  const reached = new Set<string>();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const type = byName.get(name);
    if (type === undefined || reached.has(name) || marks.isHidden(type)) continue;
    reached.add(name);
    pending.push(...leadingOn(type, marks), ...(implementations.get(name) ?? []));
  }
  const definitions = document.definitions.map((node) =>
    isTypeDefinitionNode(node) && !reached.has(node.name.value) && !isOfFeature(node.name.value)
      ? marks.hide(node)
      : node,
  );
  return { ...document, definitions };
};

const ofDirective = (node: DefinitionNode): readonly string[] =>
  node.kind === Kind.DIRECTIVE_DEFINITION
    ? (node.arguments ?? []).map(({ type }) => nameOf(type))
    : [];

const leadingOn = (type: TypeDefinitionNode, { isHidden }: Marks): readonly string[] => {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = (type.fields ?? []).filter((field) => !isHidden(field));
      const args = fields.flatMap((field) => field.arguments ?? []).filter((arg) => !isHidden(arg));
      const types = [...fields, ...args, ...(type.interfaces ?? []).map((type) => ({ type }))];
      return types.map((each) => nameOf(each.type));
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (type.fields ?? [])
        .filter((field) => !isHidden(field))
        .map((field) => nameOf(field.type));
    case Kind.UNION_TYPE_DEFINITION:
      return (type.types ?? []).map(nameOf);
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return [];
  }
};

const implementationsIn = (
  types: readonly TypeDefinitionNode[],
): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const type of types) {
    if (!('interfaces' in type)) continue;
    for (const { name } of type.interfaces ?? []) {
      found.set(name.value, [...(found.get(name.value) ?? []), type.name.value]);
    }
  }
  return found;
};

const nameOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
