import { type ConstDirectiveNode, type DocumentNode, Kind, valueFromASTUntyped } from 'graphql';

/** Federation's, which have to be imported or are called `federation__key`; others are called what they are. */
const FEDERATION = /^https:\/\/specs\.apollo\.dev\/federation\//;
const OF_FEDERATION: ReadonlySet<string> = new Set([
  'authenticated',
  'cacheTag',
  'composeDirective',
  'context',
  'cost',
  'extends',
  'external',
  'fromContext',
  'inaccessible',
  'interfaceObject',
  'key',
  'listSize',
  'override',
  'policy',
  'provides',
  'requires',
  'requiresScopes',
  'shareable',
  'tag',
]);

/**
 * Tells what a schema calls a directive: `@link` may import it under another name, or not at all
 * (https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/directives).
 *
 * @returns a function from the directive's own name to its name here, both without `@`
 */
export const directiveNames = (document: DocumentNode): ((own: string) => string) => {
  const link = linksOf(document).find(({ url }) => FEDERATION.test(url));
  return (own) => {
    if (link === undefined || !OF_FEDERATION.has(own)) return own;
    return link.imports.get(own) ?? `${link.as ?? 'federation'}__${own}`;
  };
};

interface Link {
  readonly url: string;
  readonly as: string | null;
  /** By their own name what they are called here, directives only. */
  readonly imports: ReadonlyMap<string, string>;
}

const linksOf = ({ definitions }: DocumentNode): readonly Link[] =>
  definitions.flatMap((node) =>
    node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION
      ? (node.directives ?? []).filter(({ name }) => name.value === 'link').map(readLink)
      : [],
  );

const readLink = ({ arguments: args = [] }: ConstDirectiveNode): Link => {
  const values = new Map(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)]));
  const as = values.get('as');
  return {
    url: String(values.get('url')),
    as: typeof as === 'string' ? as : null,
    imports: new Map([values.get('import') ?? []].flat().flatMap(readImport)),
  };
};

/** `"@key"` or `{ name: "@key", as: "@k" }`. */
const readImport = (imported: unknown): readonly (readonly [string, string])[] => {
  const own: unknown = typeof imported === 'string' ? imported : Object(imported).name;
  const here: unknown = Object(imported).as ?? own;
  if (typeof own !== 'string' || typeof here !== 'string' || !own.startsWith('@')) return [];
  return [[own.slice(1), here.slice(1)]];
};
