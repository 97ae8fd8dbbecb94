import { type ConstDirectiveNode, type DocumentNode, parse, type SelectionSetNode } from 'graphql';

/** What the directives of all subgraphs say about types and fields. */
export interface Directives {
  /** By type: the selections that its `@key`s name. */
  readonly keys: ReadonlyMap<string, readonly SelectionSetNode[]>;
  /** By `Type.field`: what its `@requires` names. */
  readonly requires: ReadonlyMap<string, SelectionSetNode>;
  /** By `Type.field`: its arguments that come from a context. */
  readonly fromContext: ReadonlyMap<string, readonly ContextArgument[]>;
  /** By type: the contexts that it sets. */
  readonly contexts: ReadonlyMap<string, readonly string[]>;
}

export interface ContextArgument {
  readonly argument: string;
  readonly context: string;
  readonly selections: SelectionSetNode;
}

/** Reads the directives of subgraphs. */
export const readDirectives = (documents: readonly DocumentNode[]): Directives => {
  const keys = new Map<string, SelectionSetNode[]>();
  const contexts = new Map<string, string[]>();
  const requires = new Map<string, SelectionSetNode>();
  const fromContext = new Map<string, ContextArgument[]>();
  for (const definition of documents.flatMap((document) => document.definitions)) {
    if (
      definition.kind !== 'ObjectTypeDefinition' &&
      definition.kind !== 'InterfaceTypeDefinition'
    ) {
      continue;
    }
    const type = definition.name.value;
    for (const fields of argumentsOf(definition.directives, 'key', 'fields')) {
      add(keys, type, selectionsIn(fields));
    }
    for (const name of argumentsOf(definition.directives, 'context', 'name')) {
      add(contexts, type, name);
    }
    for (const field of definition.fields ?? []) {
      const key = `${type}.${field.name.value}`;
      for (const fields of argumentsOf(field.directives, 'requires', 'fields')) {
        requires.set(key, selectionsIn(fields));
      }
      for (const argument of field.arguments ?? []) {
        for (const from of argumentsOf(argument.directives, 'fromContext', 'field')) {
          add(fromContext, key, { argument: argument.name.value, ...contextIn(from) });
        }
      }
    }
  }
  return { keys, contexts, requires, fromContext };
};

const add = <Value>(map: Map<string, Value[]>, key: string, value: Value): void => {
  map.set(key, [...(map.get(key) ?? []), value]);
};

const argumentsOf = (
  directives: readonly ConstDirectiveNode[] | undefined,
  directive: string,
  argument: string,
): string[] =>
  (directives ?? [])
    .filter(({ name }) => name.value === directive)
    .flatMap((applied) => applied.arguments ?? [])
    .flatMap(({ name, value }) =>
      name.value === argument && value.kind === 'StringValue' ? [value.value] : [],
    );

/** `$context { field }`, or `$context ... on Type { field }`. */
const contextIn = (text: string): { context: string; selections: SelectionSetNode } => {
  const [, context = '', rest = ''] = /^\$(\w+)\s*(.*)$/su.exec(text.trim()) ?? [];
  const fields = rest.startsWith('{') ? rest.slice(1, -1) : rest;
  return { context, selections: selectionsIn(fields) };
};

const selectionsIn = (fields: string): SelectionSetNode => {
  const [definition] = parse(`{ ${fields} }`).definitions;
  if (definition?.kind !== 'OperationDefinition') throw new Error(`No selection: ${fields}`);
  return definition.selectionSet;
};
