import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { SubgraphName } from '../../../stack/subgraphs.ts';
import type { Data } from '../../kit/http.ts';
import { type Field, isAnsweredBy, isInternal, SUPERGRAPH } from './schema.ts';
import { isPrivate } from './visibility.ts';

interface Selected {
  /** Such as `User.email`. */
  readonly coordinate: string;
  /** Whether it is for the owner's eyes only. */
  readonly isPrivate: boolean;
}

/** A selection of all that there is, and what stands at each path in it. */
export interface Selection {
  readonly text: string;
  readonly paths: ReadonlyMap<string, Selected>;
}

interface Scope {
  /** How many levels of objects may still follow. */
  readonly levels: number;
  /** Types on the way here: a circle is gone round once. */
  readonly way: readonly string[];
  readonly path: readonly string[];
  readonly isPrivate: boolean;
  /** Only what this one answers by itself. */
  readonly subgraph: SubgraphName | null;
}

const LEVELS = 5;

/** Selects every field of a type, and of the objects in it, some levels deep. */
export const selectAll = (
  type: GraphQLNamedType,
  subgraph: SubgraphName | null = null,
): Selection => {
  const paths = new Map<string, Selected>();
  const scope = { levels: LEVELS, way: [], path: [], isPrivate: false, subgraph };
  return { text: select(type, scope, paths), paths };
};

const select = (type: GraphQLNamedType, scope: Scope, paths: Map<string, Selected>): string => {
  if (isInterfaceType(type)) {
    const possible = SUPERGRAPH.getPossibleTypes(type);
    return possible
      .map((each) => `... on ${each.name} { ${select(each, scope, paths)} }`)
      .join(' ');
  }
  if (!isObjectType(type)) throw new Error(`${type.name} has no fields`);
  const texts = Object.values(type.getFields())
    .filter((field) => !isInternal(field))
    .filter((field) => scope.subgraph === null || isAnsweredBy(field, scope.subgraph))
    .map((field) => selectField(type, field, scope, paths));
  return texts.filter((text) => text !== '').join(' ');
};

const selectField = (
  parent: GraphQLObjectType,
  field: Field,
  scope: Scope,
  paths: Map<string, Selected>,
): string => {
  const type = getNamedType(field.type);
  const inner: Scope = {
    ...scope,
    levels: scope.levels - 1,
    way: [...scope.way, parent.name],
    path: [...scope.path, field.name],
    isPrivate: scope.isPrivate || isPrivate(parent.name, field.name),
  };
  if (!isLeafType(type) && (inner.levels === 0 || inner.way.includes(type.name))) return '';
  const content = isLeafType(type) ? '' : select(type, inner, paths);
  if (!isLeafType(type) && content === '') return '';
  paths.set(inner.path.join('.'), {
    coordinate: `${parent.name}.${field.name}`,
    isPrivate: inner.isPrivate,
  });
  return `${field.name}${argumentsOf(field)}${content === '' ? '' : ` { ${content} }`}`;
};

/** Lists are asked for by a number; nothing else has to be said anywhere. */
const argumentsOf = ({ args, name }: Field): string => {
  const needed = args.filter((each) => isRequiredArgument(each) && each.name !== 'first');
  if (needed.length > 0) throw new Error(`${name} needs ${needed.map((each) => each.name)}`);
  return args.some((each) => each.name === 'first') ? '(first: 10)' : '';
};

/** The paths at which an answer has something, whatever it is; places in lists do not count. */
export const pathsIn = (data: Data, path = ''): readonly string[] => {
  if (data === null || data === undefined) return [];
  const own = path === '' ? [] : [path];
  if (typeof data !== 'object') return own;
  if (Array.isArray(data)) return [...own, ...data.flatMap((each) => pathsIn(each, path))];
  return [
    ...own,
    ...Object.entries(data).flatMap(([name, value]) =>
      pathsIn(value, path === '' ? name : `${path}.${name}`),
    ),
  ];
};

const PLACEHOLDERS: Readonly<Record<string, unknown>> = {
  ID: 'thing_0',
  String: 'text',
  Int: 1,
  Boolean: true,
  Decimal: '1.00',
  DateTime: '2026-03-01T12:00:00.000Z',
};

/** Something of a type that says nothing and is valid. */
export const placeholder = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return placeholder(type.ofType);
  if (isListType(type)) return [placeholder(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(fields.map((each) => [each.name, placeholder(each.type)]));
  }
  const value = PLACEHOLDERS[type.name];
  if (value === undefined) throw new Error(`what is a ${type.name}?`);
  return value;
};

/** An operation with one root field, and those of its arguments that are given. */
export const operation = (
  kind: 'query' | 'mutation' | 'subscription',
  field: Field,
  given: Readonly<Record<string, unknown>>,
  selection: string,
): string => {
  const args = field.args.filter(({ name }) => name in given);
  const declared = args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const root = args.length === 0 ? field.name : `${field.name}(${passed})`;
  return `${kind}${declared === '' ? '' : ` Asked(${declared})`} { ${root} { ${selection} } }`;
};
