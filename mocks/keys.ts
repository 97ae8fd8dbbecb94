import { type DocumentNode, Kind, parse, type SelectionSetNode } from 'graphql';

/** By entity, or interface of entities: the selections of its `@key`s, in the order of the schema. */
export type Keys = ReadonlyMap<string, readonly SelectionSetNode[]>;

/** However `@link` imports it, unless it gives it another name. */
const KEY_DIRECTIVES = ['key', 'federation__key'];

const KINDS: readonly Kind[] = [
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
];

/** Reads the `@key`s of a subgraph's schema. */
export const keysOf = ({ definitions }: DocumentNode): Keys => {
  const keys = new Map<string, SelectionSetNode[]>();
  for (const each of definitions) {
    if (!KINDS.includes(each.kind) || !('name' in each) || each.name === undefined) continue;
    for (const { name, arguments: args = [] } of each.directives ?? []) {
      const fields = args.find((argument) => argument.name.value === 'fields')?.value;
      if (!KEY_DIRECTIVES.includes(name.value) || fields?.kind !== Kind.STRING) continue;
      const known = keys.get(each.name.value) ?? [];
      keys.set(each.name.value, [...known, selectionOf(fields.value)]);
    }
  }
  return keys;
};

const selectionOf = (fields: string): SelectionSetNode => {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind === Kind.OPERATION_DEFINITION) return operation.selectionSet;
  throw new Error(`a key is no selection: ${fields}`);
};

/** The names of a key's fields, without what stands in them. */
export const fieldsOf = ({ selections }: SelectionSetNode): readonly string[] =>
  selections.flatMap((each) =>
    each.kind === Kind.FIELD && each.name.value !== '__typename' ? [each.name.value] : [],
  );
