import { expect, test } from 'vitest';
import { users } from '../../subgraphs/users/server.ts';
import { startTestSubgraph } from '../kit/subgraph.ts';

const SIGN_UP = `
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) {
      user { id handle displayName email }
      userErrors { code field }
    }
  }`;

const LOG_IN = `
  mutation LogIn($input: LogInInput!) {
    logIn(input: $input) { user { handle } userErrors { code } }
  }`;

const ADA = {
  email: 'ada@example.com',
  password: 'correct horse battery',
  handle: 'ada-moreau',
  displayName: 'Ada Moreau',
};

const start = () => startTestSubgraph(users, { database: 'users', seeded: false });

test('someone new gets an account, and the password opens it', async () => {
  await using subgraph = await start();
  const { data } = await subgraph.query({ document: SIGN_UP, variables: { input: ADA } });
  expect(data.signUp.userErrors).toEqual([]);
  expect(data.signUp.user).toMatchObject({ handle: 'ada-moreau', displayName: 'Ada Moreau' });
  expect(data.signUp.user.id).toMatch(/^user_[0-9a-z]{26}$/);
  // Nobody is signed in yet, so even the new account's own address stays hidden.
  expect(data.signUp.user.email).toBeNull();

  const opened = await subgraph.query({
    document: LOG_IN,
    variables: { input: { email: 'ADA@example.com', password: ADA.password } },
  });
  expect(opened.data.logIn).toEqual({ user: { handle: 'ada-moreau' }, userErrors: [] });
});

test('a wrong password and an unknown address are refused alike', async () => {
  await using subgraph = await start();
  await subgraph.query({ document: SIGN_UP, variables: { input: ADA } });
  const attempts = [
    { email: ADA.email, password: 'wrong horse battery' },
    { email: 'nobody@example.com', password: ADA.password },
  ];
  for (const input of attempts) {
    const { data } = await subgraph.query({ document: LOG_IN, variables: { input } });
    expect(data.logIn).toEqual({ user: null, userErrors: [{ code: 'CREDENTIALS_WRONG' }] });
  }
});

test('the password is kept as an argon2id hash of at least 19 MiB only', async () => {
  await using subgraph = await start();
  await subgraph.query({ document: SIGN_UP, variables: { input: ADA } });
  const { rows } = await subgraph.pool.query('SELECT * FROM users');
  expect(JSON.stringify(rows)).not.toContain(ADA.password);
  expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('an address or handle that is taken is refused, upper or lower case', async () => {
  await using subgraph = await start();
  await subgraph.query({ document: SIGN_UP, variables: { input: ADA } });
  const sameEmail = { ...ADA, email: 'Ada@Example.com', handle: 'another' };
  const sameHandle = { ...ADA, email: 'other@example.com' };

  const email = await subgraph.query({ document: SIGN_UP, variables: { input: sameEmail } });
  expect(email.data.signUp.userErrors).toEqual([
    { code: 'EMAIL_TAKEN', field: ['input', 'email'] },
  ]);
  const handle = await subgraph.query({ document: SIGN_UP, variables: { input: sameHandle } });
  expect(handle.data.signUp.userErrors).toEqual([
    { code: 'HANDLE_TAKEN', field: ['input', 'handle'] },
  ]);
});

test('of twenty sign-ups at once with one address, one succeeds', async () => {
  await using subgraph = await start();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      subgraph.query({
        document: SIGN_UP,
        variables: { input: { ...ADA, handle: `ada-${index}00` } },
      }),
    ),
  );
  const made = answers.filter(({ data }) => data.signUp.user !== null);
  expect(made).toHaveLength(1);
  const codes = answers.flatMap(({ data }) => data.signUp.userErrors).map(({ code }) => code);
  expect(codes).toEqual(Array(19).fill('EMAIL_TAKEN'));
});

test('everything that is wrong with a sign-up is told at once', async () => {
  await using subgraph = await start();
  const input = { email: 'no', password: 'short', handle: '-a-', displayName: ' ' };
  const { data } = await subgraph.query({ document: SIGN_UP, variables: { input } });
  expect(data.signUp.userErrors).toEqual(
    ['email', 'password', 'handle', 'displayName'].map((name) => ({
      code: 'INVALID',
      field: ['input', name],
    })),
  );
});

test('what cannot be an e-mail address is refused without a long look', async () => {
  await using subgraph = await start();
  for (const email of [`a@${'.'.repeat(90_000)} `, 'a\u0000b@example.com']) {
    const made = await subgraph.query({
      document: SIGN_UP,
      variables: { input: { ...ADA, email } },
    });
    expect(made.data.signUp.userErrors).toEqual([{ code: 'INVALID', field: ['input', 'email'] }]);
    const opened = await subgraph.query({
      document: LOG_IN,
      variables: { input: { email, password: ADA.password } },
    });
    expect(opened.data.logIn.userErrors).toEqual([{ code: 'CREDENTIALS_WRONG' }]);
  }
});
