import { expect, test } from 'vitest';
import { networkOf } from '../../contract/network.ts';
import { users } from '../../subgraphs/users/server.ts';
import { startTwin, type TestSubgraph } from '../kit/subgraph.ts';
import { ADA, arrive, changePassword, codesOf, logIn, signUp, startUsers } from './arrange.ts';

const guess = async (
  subgraph: TestSubgraph,
  email: string,
  clientAddress: string | null,
  password = 'a wrong guess',
) => logIn(subgraph, { email, password }, { clientAddress });

/** The codes of as many guesses, one after the other. */
const guesses = async (count: number, each: (index: number) => ReturnType<typeof guess>) => {
  const codes: string[] = [];
  for (let index = 0; index < count; index += 1) codes.push(...codesOf(await each(index)));
  return codes;
};

const WRONG = (count: number) => Array(count).fill('CREDENTIALS_WRONG');

/** As if the minute were over. */
const passMinute = ({ pool }: TestSubgraph) =>
  pool.query('UPDATE password_attempts SET ends_at = now()');

test('the eleventh guess for an account waits for the next minute, wherever it comes from', async () => {
  await using subgraph = await startUsers();
  await using twin = await startTwin(users, subgraph);
  await signUp(subgraph, ADA);
  // Upper or lower case and with blanks around it, it is one account.
  const spellings = [ADA.email, ` ${ADA.email.toUpperCase()} `];
  const codes = await guesses(10, (index) =>
    guess(index % 3 ? subgraph : twin, spellings[index % 2] ?? '', `192.0.2.${index}`),
  );
  expect(codes).toEqual(WRONG(10));

  const owner = () => guess(subgraph, ADA.email, '198.51.100.1', ADA.password);
  const { user, userErrors } = await owner();
  expect(user).toBeNull();
  expect(userErrors).toEqual([
    {
      code: 'TRY_LATER',
      field: null,
      message: expect.stringMatching(
        /^Too many attempts; try again in ([1-9]|[1-5]\d|60) seconds\.$/,
      ),
    },
  ]);
  await passMinute(subgraph);
  expect((await owner()).userErrors).toEqual([]);
});

test('the eleventh guess from an address waits, whoever it is for, and does not count for them', async () => {
  await using subgraph = await startUsers();
  await signUp(subgraph, ADA);
  const from = '192.0.2.1';
  const codes = await guesses(10, (index) => guess(subgraph, `nobody-${index}@example.com`, from));
  expect(codes).toEqual(WRONG(10));
  const flood = await guesses(15, () => guess(subgraph, ADA.email, from));
  expect(flood).toEqual(Array(15).fill('TRY_LATER'));
  const owner = await guess(subgraph, ADA.email, '192.0.2.2', ADA.password);
  expect(owner.userErrors).toEqual([]);
});

test('refused guesses do not prolong the minute', async () => {
  await using subgraph = await startUsers();
  await guesses(11, () => guess(subgraph, ADA.email, '192.0.2.1'));
  const ends = async () =>
    (await subgraph.pool.query('SELECT key, ends_at FROM password_attempts ORDER BY key')).rows;
  const before = await ends();
  await guesses(3, () => guess(subgraph, ADA.email, '192.0.2.1'));
  expect(await ends()).toEqual(before);
});

test('accounts that do not exist are counted like those that do', async () => {
  await using subgraph = await startUsers();
  const codes = await guesses(11, (index) =>
    guess(subgraph, 'nobody@example.com', `192.0.2.${index}`),
  );
  expect(codes).toEqual([...WRONG(10), 'TRY_LATER']);
});

test('clients without an address count as one', async () => {
  await using subgraph = await startUsers();
  const codes = await guesses(11, (index) => guess(subgraph, `nobody-${index}@example.com`, null));
  expect(codes).toEqual([...WRONG(10), 'TRY_LATER']);
});

test('of thirty guesses at once, ten are looked at', async () => {
  await using subgraph = await startUsers();
  await signUp(subgraph, ADA);
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) => guess(subgraph, ADA.email, `192.0.2.${index}`)),
  );
  const wrong = answers.flatMap(codesOf).filter((code) => code === 'CREDENTIALS_WRONG');
  expect(wrong).toHaveLength(10);
});

test('guesses by who has an access token are counted with the others', async () => {
  await using subgraph = await startUsers();
  const { viewer } = await arrive(subgraph);
  const input = { currentPassword: 'a wrong guess', newPassword: 'a password of mine' };
  const codes = await guesses(10, (index) =>
    changePassword(subgraph, input, { viewer, clientAddress: `192.0.2.${index}` }),
  );
  expect(codes).toEqual(WRONG(10));
  const next = await guess(subgraph, ADA.email, '198.51.100.1', ADA.password);
  expect(codesOf(next)).toEqual(['TRY_LATER']);
});

test('what is counted names nobody', async () => {
  await using subgraph = await startUsers();
  await guess(subgraph, ADA.email, '192.0.2.1');
  const { rows } = await subgraph.pool.query('SELECT key FROM password_attempts');
  expect(rows).toHaveLength(2);
  for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
