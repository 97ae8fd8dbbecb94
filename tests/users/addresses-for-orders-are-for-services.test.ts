import { expect, test } from 'vitest';
import { GUEST, type Viewer } from '../../contract/viewer.ts';
import { users } from '../../subgraphs/users/server.ts';
import { startTestSubgraph } from '../kit/subgraph.ts';

const DOCUMENT = `query ($userId: ID!, $id: ID) {
  addressForOrder(userId: $userId, id: $id) { id isDefault }
}`;

const CART: Viewer = { kind: 'service', name: 'cart', scopes: ['users:addresses'] };

test('a service with the scope finds an address of that user, the default unless it names one', async () => {
  await using subgraph = await startTestSubgraph(users, { database: 'users', seeded: true });
  const { rows } = await subgraph.pool.query(
    "SELECT id, is_default FROM addresses WHERE user_id = 'user_1' ORDER BY is_default DESC",
  );
  const [byDefault, other] = rows.map(({ id }) => id);
  const find = async (userId: string, id?: string | null) => {
    const variables = { userId, id };
    const { data } = await subgraph.query({ document: DOCUMENT, variables, viewer: CART });
    return data.addressForOrder;
  };
  expect(await find('user_1')).toEqual({ id: byDefault, isDefault: true });
  expect(await find('user_1', null)).toEqual({ id: byDefault, isDefault: true });
  expect(await find('user_1', other)).toEqual({ id: other, isDefault: false });
  expect(await find('user_2', other)).toBeNull();
  expect(await find('user_nobody')).toBeNull();
  expect(await find('user_\u0000')).toBeNull();
});

test('nobody else does, the user included', async () => {
  await using subgraph = await startTestSubgraph(users, { database: 'users', seeded: true });
  const others: readonly Viewer[] = [
    GUEST,
    { kind: 'user', id: 'user_1', scopes: ['buyer', 'users:addresses'], sessionId: null },
    { kind: 'service', name: 'catalog', scopes: ['recommendations:facts'] },
  ];
  for (const viewer of others) {
    const variables = { userId: 'user_1' };
    const { data, errors } = await subgraph.query({ document: DOCUMENT, variables, viewer });
    expect(data.addressForOrder).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});
