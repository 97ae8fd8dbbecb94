import type { DocumentNode, SelectionSetNode } from 'graphql';
import { type FetchNode, type QueryPlanSelectionNode, responseNameOf } from './plan.ts';
import type { Path } from './tree.ts';

// Who has to do with which field of the data: the fetches that ask for it, and those that need it.
// Fields are known by their names from the root, whatever lists and types lie between.

/** A fetch, and the names that lead to what it is for. */
export interface PlacedFetch {
  readonly fetch: FetchNode;
  readonly names: readonly string[];
  /** What the subgraph is asked, parsed. */
  readonly document: DocumentNode;
}

export interface Claims {
  /** How many fetches ask for the field. */
  readonly askers: (names: readonly string[]) => number;
  /** Whether a fetch reads the field, or enters it. */
  readonly isNeeded: (names: readonly string[]) => boolean;
}

/** The names of a plan's path, without lists and types. */
export const namesOf = (path: Path): readonly string[] =>
  path
    .map((step) => String(step).replace(/\|.*$/s, ''))
    .filter((name) => name !== '@' && name !== '');

/** What the fetch asks for; of entities, what it asks of them. */
export const selectionOf = ({ fetch, document }: PlacedFetch): SelectionSetNode | undefined => {
  const operation = document.definitions.find(({ kind }) => kind === 'OperationDefinition');
  if (operation?.kind !== 'OperationDefinition') return undefined;
  if (fetch.requires === undefined) return operation.selectionSet;
  const [entities] = operation.selectionSet.selections;
  return entities?.kind === 'Field' ? entities.selectionSet : undefined;
};

export const claimsOf = (fetches: readonly PlacedFetch[]): Claims => {
  const askers = new Map<string, number>();
  const needed = new Set<string>();
  for (const placed of fetches) {
    for (const key of keysAsked(placed)) askers.set(key, (askers.get(key) ?? 0) + 1);
    for (const key of keysOnTheWay(placed.names)) needed.add(key);
    for (const names of namesRequired(placed.fetch.requires ?? [], placed.names)) {
      needed.add(keyOf(names));
    }
  }
  return {
    askers: (names) => askers.get(keyOf(names)) ?? 0,
    isNeeded: (names) => needed.has(keyOf(names)),
  };
};

const keyOf = (names: readonly string[]): string => names.join('.');

const keysOnTheWay = (names: readonly string[]): readonly string[] =>
  names.map((_name, index) => keyOf(names.slice(0, index + 1)));

const keysAsked = (placed: PlacedFetch): ReadonlySet<string> => {
  const keys = new Set<string>();
  const fragments = new Map(
    placed.document.definitions.flatMap((each) =>
      each.kind === 'FragmentDefinition' ? [[each.name.value, each] as const] : [],
    ),
  );
  const walk = (set: SelectionSetNode | undefined, at: readonly string[]): void => {
    for (const each of set?.selections ?? []) {
      if (each.kind === 'Field') {
        const names = [...at, (each.alias ?? each.name).value];
        keys.add(keyOf(names));
        walk(each.selectionSet, names);
      } else if (each.kind === 'InlineFragment') walk(each.selectionSet, at);
      else walk(fragments.get(each.name.value)?.selectionSet, at);
    }
  };
  walk(selectionOf(placed), placed.names);
  return keys;
};

const namesRequired = (
  selections: readonly QueryPlanSelectionNode[],
  at: readonly string[],
): readonly (readonly string[])[] =>
  selections.flatMap((each) => {
    if (each.kind !== 'Field') return namesRequired(each.selections, at);
    const names = [...at, responseNameOf(each)];
    return [names, ...namesRequired(each.selections ?? [], names)];
  });
