import { clientError } from './errors.ts';

/** The arguments of a Relay connection, as GraphQL gives them. */
export interface PageArguments {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

/** Which stretch of a sorted list is asked for. */
export interface PageRequest {
  readonly direction: 'forward' | 'backward';
  /** 1 to 100. */
  readonly size: number;
  /** Exclusive; where the list begins (or, backward, ends) without one. */
  readonly cursor: string | null;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface Page<Row> {
  readonly nodes: readonly Row[];
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: PageInfo;
}

const MAX_PAGE_SIZE = 100;

/**
 * The stretch that `args` ask for.
 *
 * @throws GraphQLError BAD_USER_INPUT where neither or both of `first` and `last` are given, where
 *   the one given is not 1 to 100, or where a cursor of the other direction stands beside it.
 */
export const pageRequest = (args: PageArguments): PageRequest => {
  const { first, after, last, before } = args;
  if (first != null && last != null)
    throw clientError('BAD_USER_INPUT', 'Give `first` or `last`, not both.');
  if (first != null) return forward(first, after, before);
  if (last != null) return backward(last, before, after);
  throw clientError('BAD_USER_INPUT', `Give \`first\` or \`last\`, 1 to ${MAX_PAGE_SIZE}.`);
};

type Cursor = string | null | undefined;

const forward = (first: number, after: Cursor, before: Cursor): PageRequest => {
  if (before != null) throw clientError('BAD_USER_INPUT', '`before` goes with `last`.');
  return { direction: 'forward', size: checkedSize('first', first), cursor: after ?? null };
};

const backward = (last: number, before: Cursor, after: Cursor): PageRequest => {
  if (after != null) throw clientError('BAD_USER_INPUT', '`after` goes with `first`.');
  return { direction: 'backward', size: checkedSize('last', last), cursor: before ?? null };
};

const checkedSize = (name: string, size: number): number => {
  if (size >= 1 && size <= MAX_PAGE_SIZE) return size;
  throw clientError('BAD_USER_INPUT', `\`${name}\` is ${size}; it can be 1 to ${MAX_PAGE_SIZE}.`);
};

/**
 * A page from up to `size + 1` rows, read in the direction of the request: the one too many tells
 * that the list goes on.
 */
export const pageOf = <Row>(
  request: PageRequest,
  rows: readonly Row[],
  cursorOf: (row: Row) => string,
): Page<Row> => {
  const goesOn = rows.length > request.size;
  const kept = rows.slice(0, request.size);
  const nodes = request.direction === 'forward' ? kept : kept.toReversed();
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  const started = request.cursor !== null;
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: request.direction === 'forward' ? goesOn : started,
      hasPreviousPage: request.direction === 'forward' ? started : goesOn,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
};

/** A position in a sorted list as opaque text: what it was sorted by, and the values there. */
export const encodeCursor = (sort: string, values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify([sort, ...values])).toString('base64url');

/**
 * The values of a cursor that was made under `sort`.
 *
 * @throws GraphQLError BAD_USER_INPUT where it is none, or was made under another sort.
 */
export const decodeCursor = (sort: string, cursor: string): readonly (string | number)[] => {
  const refused = clientError(
    'BAD_USER_INPUT',
    'That cursor is not one of this list: use `pageInfo` of a page with the same sort.',
  );
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refused;
  }
  if (!Array.isArray(parsed) || parsed[0] !== sort) throw refused;
  const values: unknown[] = parsed.slice(1);
  if (!values.every((value) => typeof value === 'string' || typeof value === 'number'))
    throw refused;
  return values;
};
