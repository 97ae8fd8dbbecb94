import {
  type ASTNode,
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  Kind,
  type SchemaDefinitionNode,
  type SchemaExtensionNode,
  valueFromASTUntyped,
} from 'graphql';

/** Federation's have to be imported, or are called `federation__key`; others are called what they are. */
const FEDERATION = /^https:\/\/specs\.apollo\.dev\/federation\//;
const OF_FEDERATION: ReadonlySet<string> = new Set(
  (
    'authenticated cacheTag composeDirective context cost extends external fromContext inaccessible ' +
    'interfaceObject key listSize override policy provides requires requiresScopes shareable tag'
  ).split(' '),
);

/**
 * Tells what a schema calls a directive: `@link` may import it under another name, or not at all
 * (https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives).
 *
 * @returns a function from the directive's own name to its name here, both without `@`
 */
export const directiveNames = (document: DocumentNode): ((own: string) => string) => {
  const link = linksOf(document).find((each) => FEDERATION.test(String(textOf(each, 'url'))));
  if (link === undefined) return (own) => own;
  const here = new Map(importsIn(link).map((imported) => [imported.own, imported.here]));
  const prefix = textOf(link, 'as') ?? 'federation';
  return (own) => (OF_FEDERATION.has(own) ? (here.get(own) ?? `${prefix}__${own}`) : own);
};

/** A directive that a schema imports. */
export interface Import {
  /** Without `@`. */
  readonly own: string;
  readonly here: string;
  readonly at: ASTNode;
}

/** What the `@link`s of a schema import, directives only. */
export const importsOf = ({
  directives = [],
}: SchemaDefinitionNode | SchemaExtensionNode): readonly Import[] =>
  directives.filter(isLink).flatMap(importsIn);

const linksOf = ({ definitions }: DocumentNode): readonly ConstDirectiveNode[] =>
  definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
      ? (node.directives ?? []).filter(isLink)
      : [],
  );

const isLink = ({ name }: ConstDirectiveNode): boolean => name.value === 'link';

const importsIn = (link: ConstDirectiveNode): readonly Import[] => {
  const list = argumentOf(link, 'import');
  return list?.kind === Kind.LIST ? list.values.flatMap(readImport) : [];
};

/** `"@key"` or `{ name: "@key", as: "@k" }`. */
const readImport = (at: ConstValueNode): readonly Import[] => {
  const imported: unknown = valueFromASTUntyped(at);
  const own: unknown = typeof imported === 'string' ? imported : Object(imported).name;
  const here: unknown = Object(imported).as ?? own;
  if (typeof own !== 'string' || typeof here !== 'string' || !own.startsWith('@')) return [];
  return [{ own: own.slice(1), here: here.slice(1), at }];
};

const textOf = (link: ConstDirectiveNode, name: string): string | undefined => {
  const value = argumentOf(link, name);
  return value?.kind === Kind.STRING ? value.value : undefined;
};

const argumentOf = ({ arguments: args = [] }: ConstDirectiveNode, name: string) =>
  args.find((argument) => argument.name.value === name)?.value;
