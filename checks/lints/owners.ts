import type { TypeElement } from '../schemas/inspect.ts';
import type { Linted } from './rule.ts';
import { groupBy, typesOf } from './select.ts';

/** Which subgraph an entity is at home in; null of what is no entity, or only one subgraph's. */
export type OwnerOf = (typeName: string) => string | null;

/**
 * Federation does not say whose an entity is. It is taken for the one that `owners` names (`Product=catalog`), else
 * for the one that describes the type, since stubs are not described, else for the one with most fields.
 */
export const ownersOf = (linted: Linted, owners: readonly string[]): OwnerOf => {
  const entities = typesOf(linted).filter(({ subgraph, coordinate }) =>
    subgraph.isEntity(coordinate),
  );
  const found = new Map<string, string>();
  for (const [name, definitions] of groupBy(entities, ({ coordinate }) => coordinate)) {
    if (new Set(definitions.map(({ subgraph }) => subgraph.name)).size < 2) continue;
    const described = definitions.filter(({ node }) => 'description' in node && node.description);
    const candidates = described.length > 0 ? described : definitions;
    const [first] = candidates.toSorted((a, b) => countOfFields(b) - countOfFields(a));
    if (first !== undefined) found.set(name, first.subgraph.name);
  }
  for (const each of owners) {
    const [name = '', subgraph = ''] = each.split('=');
    found.set(name, subgraph);
  }
  return (typeName) => found.get(typeName) ?? null;
};

const countOfFields = ({ node }: TypeElement): number =>
  'fields' in node ? (node.fields?.length ?? 0) : 0;
