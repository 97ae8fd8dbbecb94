import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import type { ASTNode, GraphQLSchema } from 'graphql';
import type { Usages } from './usages.ts';

/** How bad a change is for who knows nothing of who asks. */
export type Level = 'safe' | 'dangerous' | 'breaking';

/** One change of an API. */
export interface ApiChange {
  /** As graphql-inspector calls it, such as FIELD_REMOVED. */
  readonly code: string;
  readonly message: string;
  /** `Product.weight`, or `Query.products.first` for an argument. */
  readonly coordinate: string;
  readonly level: Level;
}

const LEVELS: Readonly<Record<CriticalityLevel, Level>> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};

/** Descriptions break nobody, and the directives of an API's SDL are told by what they stand for. */
const UNTOLD = /DESCRIPTION|^DIRECTIVE_USAGE/;

/** What changed between two API schemas. */
export const changesBetween = async (
  before: GraphQLSchema,
  after: GraphQLSchema,
): Promise<readonly ApiChange[]> => {
  const changes = await diff(before, after);
  return changes.filter(({ type }) => !UNTOLD.test(type)).map(toApiChange);
};

const toApiChange = ({ type, message, path = '', criticality }: Change): ApiChange => ({
  code: type,
  message: message.replaceAll(/'([\w.]+)'/g, '`$1`'),
  coordinate: path,
  level: LEVELS[criticality.level],
});

/** Where an operation feels a change; nowhere where it does not. */
export const touchedBy = ({ code, coordinate }: ApiChange, usages: Usages): readonly ASTNode[] => {
  const of = (each: string): readonly ASTNode[] => usages.get(each) ?? [];
  const [type = '', field = ''] = coordinate.split('.');
  switch (code) {
    // Who asks the field does not give what did not exist.
    case 'FIELD_ARGUMENT_ADDED':
      return of(`${type}.${field}`);
    // Who gives the argument does not get the default.
    case 'FIELD_ARGUMENT_DEFAULT_CHANGED':
      return of(coordinate).length > 0 ? [] : of(`${type}.${field}`);
    case 'INPUT_FIELD_ADDED':
    case 'ENUM_VALUE_ADDED':
    case 'UNION_MEMBER_ADDED':
      return of(type);
    default:
      return of(coordinate);
  }
};
