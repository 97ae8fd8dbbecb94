import { isId } from '../kit/ids.ts';
import { decodeCursor, encodeCursor, type Page, type PageRequest, pageOf } from '../kit/pages.ts';

const SORT = 'latest';

interface Row {
  readonly id: string;
}

/**
 * A page of a list that is sorted by id, which is by age.
 *
 * @param prefix of the ids
 * @param read up to one more than the page holds, in the direction of the request
 * @throws GraphQLError BAD_USER_INPUT where the cursor is none of this list
 */
export const latestFirst = async <R extends Row>(
  prefix: 'order' | 'shipment',
  request: PageRequest,
  read: (cursor: string | null) => Promise<readonly R[]>,
): Promise<Page<R>> => {
  const sort = `${prefix} ${SORT}`;
  const [id] = request.cursor === null ? [null] : decodeCursor(sort, request.cursor);
  const cursor = typeof id === 'string' && isId(prefix, id) ? id : null;
  return pageOf(request, await read(cursor), (row) => encodeCursor(sort, [row.id]));
};
