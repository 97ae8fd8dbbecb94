import { readFileSync } from 'node:fs';
import { type DirectiveNode, Kind, parse } from 'graphql';
import { SUBGRAPHS, type SubgraphName } from '../../stack/subgraphs.ts';

/** A key that a subgraph resolves. */
export interface ResolvedKey {
  readonly subgraph: SubgraphName;
  readonly type: string;
  /** Names of its fields. */
  readonly fields: readonly string[];
  /** How it is called in tests, such as `cart Cart(id revision)`. */
  readonly name: string;
}

const argument = ({ arguments: args = [] }: DirectiveNode, name: string) =>
  args.find((each) => each.name.value === name)?.value;

const keysIn = (subgraph: SubgraphName): readonly ResolvedKey[] =>
  parse(readFileSync(`subgraphs/${subgraph}/schema.graphql`, 'utf8')).definitions.flatMap(
    (each) => {
      if (!('directives' in each) || !('name' in each)) return [];
      const type = each.name?.value ?? '';
      const keys = (each.directives ?? []).filter(({ name }) => name.value === 'key');
      return keys.flatMap((key) => {
        const fields = argument(key, 'fields');
        const resolvable = argument(key, 'resolvable');
        if (fields?.kind !== Kind.STRING) return [];
        if (resolvable?.kind === Kind.BOOLEAN && !resolvable.value) return [];
        const name = `${subgraph} ${type}(${fields.value})`;
        return [{ subgraph, type, name, fields: fields.value.split(/\s+/) }];
      });
    },
  );

/** Every key of every subgraph's schema, but those that are for reference only. */
export const KEYS: readonly ResolvedKey[] = SUBGRAPHS.flatMap(keysIn);
