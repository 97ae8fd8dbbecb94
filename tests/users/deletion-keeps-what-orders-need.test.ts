import { expect, test } from 'vitest';
import type { TestSubgraph } from '../kit/subgraph.ts';
import {
  ADA,
  arrive,
  changePreferences,
  codesOf,
  deleteMyAccount,
  logIn,
  refresh,
  signUp,
  startUsers,
} from './arrange.ts';

/** Everything that the database holds, as text. */
const everythingIn = async ({ pool }: TestSubgraph): Promise<string> => {
  const { rows } = await pool.query(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '\\_prisma%'",
  );
  const tables = await Promise.all(
    rows.map(({ tablename }) => pool.query(`SELECT * FROM "${tablename}"`)),
  );
  return JSON.stringify(tables.flatMap((table) => table.rows));
};

const GIVEN = [
  'ada@example.com',
  'ada-moreau',
  'Ada Moreau',
  'Rua das Flores',
  'A collector',
  'Porto',
  'pt-PT',
  'My laptop',
  'argon2id',
];

/** Ada, who has given all that a person can give. */
const arriveWithEverything = async (subgraph: TestSubgraph) => {
  const ada = await arrive(subgraph, { ...ADA, device: 'My laptop' });
  await changePreferences(subgraph, { language: 'pt-PT' }, ada);
  const { errors } = await subgraph.query({
    document: `mutation {
      addAddress(input: {
        recipient: "Ada Moreau", lines: ["12 Rua das Flores"], city: "Porto", countryCode: "PT"
      }) { userErrors { code } }
      updateProfile(input: { sellerProfile: { biography: "A collector", location: "Porto" } }) {
        userErrors { code }
      }
    }`,
    viewer: ada.viewer,
  });
  expect(errors).toBeUndefined();
  const kept = await everythingIn(subgraph);
  for (const text of GIVEN) expect(kept).toContain(text);
  return ada;
};

test('a deleted account leaves an id and a date, and tells the other services', async () => {
  await using subgraph = await startUsers();
  const ada = await arriveWithEverything(subgraph);
  const { rows: before } = await subgraph.pool.query('SELECT member_since FROM users');
  const wrong = await deleteMyAccount(subgraph, { password: 'not my password' }, ada);
  expect(wrong.userErrors).toEqual([{ code: 'CREDENTIALS_WRONG', field: ['input', 'password'] }]);
  expect(await deleteMyAccount(subgraph, { password: ADA.password }, ada)).toEqual({
    deletedUserId: ada.id,
    userErrors: [],
  });

  const left = await everythingIn(subgraph);
  for (const text of GIVEN) expect(left).not.toContain(text);
  const { rows: told } = await subgraph.pool.query(
    'SELECT topic, payload, attempts, next_attempt_at <= now() AS due, delivered_at FROM outbox',
  );
  expect(told).toEqual([
    {
      topic: 'user.deleted',
      payload: { userId: ada.id },
      attempts: 0,
      due: true,
      delivered_at: null,
    },
  ]);

  const { data } = await subgraph.query({
    document: `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on User {
          id displayName handle memberSince sellerProfile { biography location rating { count } }
        }
      }
    }`,
    variables: { representations: [{ __typename: 'User', id: ada.id }] },
  });
  expect(data._entities).toEqual([
    {
      id: ada.id,
      displayName: 'Deleted user',
      handle: expect.stringMatching(/^deleted-[0-9a-f]{20}$/),
      memberSince: before[0].member_since.toISOString(),
      sellerProfile: { biography: '', location: '', rating: null },
    },
  ]);
});

test('nothing opens a deleted account or writes to it', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  await deleteMyAccount(subgraph, { password: ADA.password }, ada);

  expect(codesOf(await refresh(subgraph, { refreshToken: ada.refreshToken }))).toEqual([
    'SESSION_ENDED',
  ]);
  const login = { email: ADA.email, password: ADA.password };
  expect(codesOf(await logIn(subgraph, login))).toEqual(['CREDENTIALS_WRONG']);
  // The access token is good for a few minutes more.
  const { data } = await subgraph.query({
    document: `mutation {
      updateProfile(input: { displayName: "Ada again" }) { userErrors { code } }
      changePreferences(input: { language: "pt" }) { userErrors { code } }
      addAddress(input: { recipient: "A", lines: ["1"], city: "B", countryCode: "PT" }) {
        userErrors { code }
      }
      deleteMyAccount(input: { password: "correct horse battery" }) { userErrors { code } }
    }`,
    viewer: ada.viewer,
  });
  for (const payload of Object.values(data)) expect(codesOf(payload)).toEqual(['UNAUTHENTICATED']);
  const me = await subgraph.query({ document: '{ me { id } }', viewer: ada.viewer });
  expect(me.data.me).toBeNull();
});

test('address and handle are free for someone new, and the made-up handle leads nowhere', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  await deleteMyAccount(subgraph, { password: ADA.password }, ada);
  const { rows } = await subgraph.pool.query('SELECT handle FROM users');
  const { data } = await subgraph.query({
    document: 'query ($handle: String!) { userByHandle(handle: $handle) { id } }',
    variables: { handle: rows[0].handle },
  });
  expect(data.userByHandle).toBeNull();
  const { user, userErrors } = await signUp(subgraph, ADA);
  expect(userErrors).toEqual([]);
  expect(user.id).not.toBe(ada.id);
});

test('what cannot be told to the others is not deleted', async () => {
  await using subgraph = await startUsers();
  const ada = await arriveWithEverything(subgraph);
  await subgraph.pool.query('ALTER TABLE outbox ADD CHECK (FALSE)');
  await expect(deleteMyAccount(subgraph, { password: ADA.password }, ada)).rejects.toThrow(
    'INTERNAL_SERVER_ERROR',
  );
  const kept = await everythingIn(subgraph);
  for (const text of GIVEN) expect(kept).toContain(text);
});
