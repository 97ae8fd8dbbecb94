import { type DocumentNode, Kind, visit } from 'graphql';

/** Types, and values of enums as `Enum.VALUE`, that clients do not see: what nobody is answered with. */
export type Hidden = ReadonlySet<string>;

/** However `@link` imports it, unless it gives it another name. */
const INACCESSIBLE = ['inaccessible', 'federation__inaccessible'];

/** Reads what a schema marks `@inaccessible`, a subgraph's or the whole's. */
export const hiddenIn = (document: DocumentNode): Hidden => {
  const hidden = new Set<string>();
  const isMarked = (directives: readonly { readonly name: { readonly value: string } }[] = []) =>
    directives.some(({ name }) => INACCESSIBLE.includes(name.value));
  visit(document, {
    enter: (node) => {
      if (!('directives' in node) || !('name' in node)) return;
      if (/^(Object|Union|Interface)Type/.test(node.kind) && isMarked(node.directives)) {
        hidden.add(node.name?.value ?? '');
      }
      if (node.kind !== Kind.ENUM_TYPE_DEFINITION && node.kind !== Kind.ENUM_TYPE_EXTENSION) return;
      for (const { name, directives } of node.values ?? []) {
        if (isMarked(directives)) hidden.add(`${node.name.value}.${name.value}`);
      }
    },
  });
  return hidden;
};
