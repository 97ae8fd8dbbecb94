import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import { users } from '../../subgraphs/users/server.ts';
import { startTestSubgraph } from '../kit/subgraph.ts';

const ENTITIES = `query Entities($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on User {
      id displayName email addresses { id }
      sellerProfile { location rating { average } }
    }
  }
}`;

const representations = (ids: readonly string[]) => ({
  representations: ids.map((id) => ({ __typename: 'User', id })),
});

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `user_${index + 1}`);

const viewer: Viewer = { kind: 'user', id: 'user_1', scopes: ['buyer'], sessionId: null };

test('a hundred users cost as many statements as one', async () => {
  await using subgraph = await startTestSubgraph(users, { database: 'users', seeded: true });
  const cost = (ids: readonly string[]) =>
    subgraph.countStatements(async () => {
      const variables = representations(ids);
      const { errors } = await subgraph.query({ document: ENTITIES, variables, viewer });
      expect(errors).toBeUndefined();
    });
  const one = await cost(['user_1']);
  expect(one).toBe(3);
  expect(await cost(numbered(100))).toBe(one);
});

test('entities come in the order asked, twice where asked twice, null where unknown', async () => {
  await using subgraph = await startTestSubgraph(users, { database: 'users', seeded: true });
  const ids = ['user_3', 'user_1', 'user_nobody', 'user_3'];
  const { data } = await subgraph.query({ document: ENTITIES, variables: representations(ids) });
  const found = data._entities.map((user: { id: string } | null) => user?.id ?? null);
  expect(found).toEqual(['user_3', 'user_1', null, 'user_3']);
});

test('a user found by handle is not asked for again by id', async () => {
  await using subgraph = await startTestSubgraph(users, { database: 'users', seeded: true });
  const { rows } = await subgraph.pool.query("SELECT handle FROM users WHERE id = 'user_1'");
  const statements = await subgraph.countStatements(() =>
    subgraph.query({
      document: 'query Me($handle: String!) { userByHandle(handle: $handle) { id } }',
      variables: { handle: String(rows[0].handle).toUpperCase() },
    }),
  );
  expect(statements).toBe(1);
});
