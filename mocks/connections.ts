import {
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from 'graphql';
import type { Given } from './object.ts';

/** A page of a list, as Relay's cursor connections have it (https://relay.dev/graphql/connections.htm). */
export interface Connection {
  readonly type: GraphQLObjectType;
  readonly itemType: GraphQLOutputType;
}

/** The connection that a type is: it has `pageInfo`, and `nodes` or `edges`; null where it is none. */
export const connectionOf = (type: unknown): Connection | null => {
  if (!isObjectType(type)) return null;
  const { pageInfo, nodes, edges } = type.getFields();
  if (pageInfo === undefined) return null;
  if (nodes !== undefined) return { type, itemType: getNamedType(nodes.type) };
  const edge = edges === undefined ? undefined : getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields()['node'] : undefined;
  return node === undefined ? null : { type, itemType: getNamedType(node.type) };
};

/** Arguments that choose among the items of a list, and do not change which there are. */
const PAGING = [
  'first',
  'last',
  'limit',
  'take',
  'count',
  'pageSize',
  'after',
  'before',
  'offset',
  'skip',
];
const LENGTHS = ['first', 'last', 'limit', 'take', 'count', 'pageSize'];

const isPaged = (type: GraphQLOutputType): boolean =>
  isListType(getNullableType(type)) || connectionOf(getNullableType(type)) !== null;

/** The arguments that decide what a field's value is. */
export const decisive = (type: GraphQLOutputType, args: Given): Given =>
  isPaged(type)
    ? Object.fromEntries(Object.entries(args).filter(([name]) => !PAGING.includes(name)))
    : args;

/** How many items the arguments ask for at the most; undefined where they do not say. */
export const askedLength = (args: Given): number | undefined => {
  const lengths = LENGTHS.map((name) => args[name]).filter((each) => typeof each === 'number');
  return lengths.length === 0 ? undefined : Math.max(0, Math.min(...lengths));
};

/** Which items of a list are on the page: from one, up to before another. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** As Relay's specification has it: the cursors first, then `first`, then `last`. */
export const windowOf = (total: number, args: Given): Window => {
  const skipped = Number(args['offset'] ?? args['skip'] ?? 0);
  const earliest = Math.min(total, args['after'] == null ? skipped : placeOf(args['after']) + 1);
  const latest = args['before'] == null ? total : Math.min(total, placeOf(args['before']));
  const { last, ...others } = args;
  const first = askedLength(others);
  const to = Math.max(earliest, first === undefined ? latest : Math.min(latest, earliest + first));
  const from = typeof last === 'number' ? Math.max(earliest, to - last) : earliest;
  return { from, to };
};

/** A cursor is opaque to clients. */
const cursorAt = (place: number): string => Buffer.from(`item ${place}`).toString('base64url');

/** One of somebody else's is that of the first item. */
const placeOf = (cursor: unknown): number =>
  Number(/^item (\d+)$/.exec(Buffer.from(String(cursor), 'base64url').toString())?.[1] ?? 0);

/** The page's own fields; those that the type does not have are asked for by nobody. */
export const pageOf = (items: readonly unknown[], total: number, { from, to }: Window): Given => {
  const cursors = items.map((_item, index) => cursorAt(from + index));
  return {
    nodes: items,
    edges: items.map((node, index) => ({ node, cursor: cursors[index] })),
    totalCount: total,
    total,
    count: total,
    pageInfo: {
      hasPreviousPage: from > 0,
      hasNextPage: to < total,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
};
