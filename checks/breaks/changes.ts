import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import type { ASTNode, GraphQLSchema } from 'graphql';
import type { Usages } from '../../router/supergraph/usages.ts';

/** How bad a change is for who knows nothing of who asks. */
export type Level = 'safe' | 'dangerous' | 'breaking';

/** One change of an API. */
export interface ApiChange {
  /** As graphql-inspector calls it, such as FIELD_REMOVED. */
  readonly code: string;
  readonly message: string;
  /** `Product.weight`, or `Query.products.first` for an argument. */
  readonly coordinate: string;
  /** The coordinate that whoever feels it has asked for, where that is another. */
  readonly feltAt: string;
  readonly level: Level;
}

const LEVELS: Readonly<Record<CriticalityLevel, Level>> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};

/** Descriptions break nobody, and the directives of an API's SDL are told by what they stand for. */
const UNTOLD = /DESCRIPTION|^DIRECTIVE_USAGE/;

/** What changed between two API schemas; of a type that is new, that it is. */
export const changesBetween = async (
  before: GraphQLSchema,
  after: GraphQLSchema,
): Promise<readonly ApiChange[]> => {
  const changes = (await diff(before, after)).filter(({ type }) => !UNTOLD.test(type));
  const added = new Set(changes.flatMap(({ type, path }) => (type === 'TYPE_ADDED' ? path : [])));
  return changes
    .filter(({ type, path }) => type === 'TYPE_ADDED' || !added.has(path?.split('.')[0]))
    .map(toApiChange);
};

const toApiChange = (change: Change): ApiChange => {
  const { type, message, path = '', criticality } = change;
  return {
    code: type,
    message: message.replaceAll(/'([^']+)'/g, '`$1`'),
    coordinate: path,
    feltAt: feltAt(change, path),
    level: HARMLESS.has(type) ? tamed(criticality.level) : LEVELS[criticality.level],
  };
};

/** Nobody gives yet what is new and need not be given; graphql-inspector calls it dangerous. */
const HARMLESS: ReadonlySet<string> = new Set(['FIELD_ARGUMENT_ADDED', 'INPUT_FIELD_ADDED']);

const tamed = (level: CriticalityLevel): Level =>
  level === CriticalityLevel.Breaking ? 'breaking' : 'safe';

const feltAt = ({ type, meta }: Change, path: string): string => {
  const [parent = '', field = ''] = path.split('.');
  switch (type) {
    // Who asks the field does not give what did not exist.
    case 'FIELD_ARGUMENT_ADDED':
      return `${parent}.${field}`;
    case 'INPUT_FIELD_ADDED':
    case 'ENUM_VALUE_ADDED':
    case 'UNION_MEMBER_ADDED':
      return parent;
    // Who asks for the interface gets other objects.
    case 'OBJECT_TYPE_INTERFACE_REMOVED':
      return String(Object(meta).removedInterfaceName);
    case 'OBJECT_TYPE_INTERFACE_ADDED':
      return String(Object(meta).addedInterfaceName);
    default:
      return path;
  }
};

/** Where an operation feels a change; nowhere where it does not. */
export const touchedBy = (
  { code, coordinate, feltAt }: ApiChange,
  usages: Usages,
): readonly ASTNode[] => {
  const of = (each: string): readonly ASTNode[] => usages.get(each) ?? [];
  if (code !== 'FIELD_ARGUMENT_DEFAULT_CHANGED') return of(feltAt);
  // Who gives the argument does not get the default.
  return of(coordinate).length > 0 ? [] : of(coordinate.split('.').slice(0, 2).join('.'));
};
