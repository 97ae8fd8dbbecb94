import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import { users } from '../../subgraphs/users/server.ts';
import { startTestSubgraph, type TestSubgraph } from '../kit/subgraph.ts';

const ADD = `
  mutation Add($input: AddressInput!) {
    addAddress(input: $input) { address { id isDefault } userErrors { code field } }
  }`;
const REMOVE = `
  mutation Remove($id: ID!) {
    removeAddress(id: $id) { removedAddressId userErrors { code } }
  }`;
const UPDATE = `
  mutation Update($id: ID!, $input: AddressInput!) {
    updateAddress(id: $id, input: $input) { address { city isDefault } userErrors { code } }
  }`;
const MINE = '{ me { addresses { id isDefault } } }';

const address = (city: string, isDefault = false) => ({
  recipient: 'Ada Moreau',
  lines: ['12 Rua das Flores'],
  city,
  countryCode: 'PT',
  isDefault,
});

const as = (id: string): Viewer => ({ kind: 'user', id, scopes: ['buyer'], sessionId: null });

/** Two accounts with readable ids. */
const startWithPeople = async (): Promise<TestSubgraph> => {
  const subgraph = await startTestSubgraph(users, { database: 'users', seeded: false });
  await subgraph.pool.query(
    `INSERT INTO users (id, email, password_hash, handle, display_name)
     SELECT 'user_' || name, name || '@example.com', 'x', name, name
     FROM unnest(ARRAY['ada', 'bea']) AS name`,
  );
  return subgraph;
};

const add = async (subgraph: TestSubgraph, viewer: Viewer, city: string, isDefault = false) => {
  const variables = { input: address(city, isDefault) };
  const { data } = await subgraph.query({ document: ADD, variables, viewer });
  return data.addAddress;
};

test('the first address is the default, and a later one can take its place', async () => {
  await using subgraph = await startWithPeople();
  const viewer = as('user_ada');
  const first = await add(subgraph, viewer, 'Porto');
  expect(first.address.isDefault).toBe(true);
  const second = await add(subgraph, viewer, 'Braga', true);

  const { data } = await subgraph.query({ document: MINE, viewer });
  expect(data.me.addresses).toEqual([
    { id: second.address.id, isDefault: true },
    { id: first.address.id, isDefault: false },
  ]);

  await subgraph.query({ document: REMOVE, variables: { id: second.address.id }, viewer });
  const after = await subgraph.query({ document: MINE, viewer });
  expect(after.data.me.addresses).toEqual([{ id: first.address.id, isDefault: true }]);
});

test('nobody sees, changes or removes the address of another', async () => {
  await using subgraph = await startWithPeople();
  const { address: hers } = await add(subgraph, as('user_ada'), 'Porto');
  const viewer = as('user_bea');

  const seen = await subgraph.query({
    document: '{ user(id: "user_ada") { displayName email addresses { id } } }',
    viewer,
  });
  expect(seen.data.user).toEqual({ displayName: 'ada', email: null, addresses: null });

  const removed = await subgraph.query({ document: REMOVE, variables: { id: hers.id }, viewer });
  expect(removed.data.removeAddress.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  const variables = { id: hers.id, input: address('Lisbon') };
  const updated = await subgraph.query({ document: UPDATE, variables, viewer });
  expect(updated.data.updateAddress.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  const guest = await subgraph.query({ document: ADD, variables: { input: address('Lisbon') } });
  expect(guest.data.addAddress.userErrors).toMatchObject([{ code: 'UNAUTHENTICATED' }]);
  const { rows } = await subgraph.pool.query('SELECT city FROM addresses');
  expect(rows).toEqual([{ city: 'Porto' }]);
});

test('of thirty addresses added at once, twenty are kept, and one of them is the default', async () => {
  await using subgraph = await startWithPeople();
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => add(subgraph, as('user_ada'), `Town ${index}`, true)),
  );
  const refused = answers.flatMap(({ userErrors }) => userErrors).map(({ code }) => code);
  expect(refused).toEqual(Array(10).fill('TOO_MANY'));
  const { rows } = await subgraph.pool.query(
    'SELECT count(*)::int AS kept, count(*) FILTER (WHERE is_default)::int AS defaults FROM addresses',
  );
  expect(rows).toEqual([{ kept: 20, defaults: 1 }]);
});

test('who waits long for others who change the same account is served all the same', async () => {
  await using subgraph = await startWithPeople();
  const other = await subgraph.pool.connect();
  await other.query("BEGIN; SELECT 1 FROM users WHERE id = 'user_ada' FOR UPDATE");
  // More than there are connections: some wait for the account, and some for a connection.
  const adding = Promise.all(
    Array.from({ length: 15 }, (_, index) => add(subgraph, as('user_ada'), `Town ${index}`)),
  );
  // Longer than Prisma waits for a connection by itself.
  await setTimeout(2_500);
  await other.query('COMMIT');
  other.release();
  const answers = await adding;
  expect(answers.map(({ userErrors }) => userErrors)).toEqual(Array(15).fill([]));
});

test('what is left out of a profile stays, and a seller profile makes a seller', async () => {
  await using subgraph = await startWithPeople();
  const update = (input: object) =>
    subgraph.query({
      document: `mutation Update($input: UpdateProfileInput!) {
        updateProfile(input: $input) {
          user { handle displayName sellerProfile { location dispatchDays rating { count } } }
          userErrors { code field }
        }
      }`,
      variables: { input },
      viewer: as('user_ada'),
    });

  const seller = await update({ sellerProfile: { location: 'Porto, Portugal' } });
  expect(seller.data.updateProfile.user).toEqual({
    handle: 'ada',
    displayName: 'ada',
    sellerProfile: { location: 'Porto, Portugal', dispatchDays: 2, rating: null },
  });
  const taken = await update({ handle: 'bea' });
  expect(taken.data.updateProfile.userErrors).toEqual([
    { code: 'HANDLE_TAKEN', field: ['input', 'handle'] },
  ]);
  const { rows } = await subgraph.pool.query("SELECT roles FROM users WHERE id = 'user_ada'");
  expect(rows).toEqual([{ roles: ['buyer', 'seller'] }]);
});

test('texts are kept without the blanks around them, and only those that can be kept', async () => {
  await using subgraph = await startWithPeople();
  const viewer = as('user_ada');
  const { address: added } = await add(subgraph, viewer, `  Porto${' '.repeat(500)}`);
  const { rows } = await subgraph.pool.query('SELECT city FROM addresses WHERE id = $1', [
    added.id,
  ]);
  expect(rows).toEqual([{ city: 'Porto' }]);
  for (const city of ['Por\u0000to', 'Por\nto', '\ud800', ' ']) {
    const refused = await add(subgraph, viewer, city);
    expect(refused.userErrors).toEqual([{ code: 'INVALID', field: ['input', 'city'] }]);
  }
});

test('an id or handle that can be nobody’s finds nobody, and does not disturb the others', async () => {
  await using subgraph = await startWithPeople();
  const document = `query ($id: ID!, $handle: String!) {
    nobody: user(id: $id) { id }
    unknown: userByHandle(handle: $handle) { id }
    ada: user(id: "user_ada") { id }
  }`;
  const variables = { id: 'user_\u0000', handle: 'a\u0000b' };
  const { data, errors } = await subgraph.query({ document, variables });
  expect(errors).toBeUndefined();
  expect(data).toEqual({ nobody: null, unknown: null, ada: { id: 'user_ada' } });
});
