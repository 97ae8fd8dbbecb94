import { expect, test } from 'vitest';
import type { Viewer } from '../../contract/viewer.ts';
import { arrive, BEA, changePreferences, codesOf, startUsers } from './arrange.ts';

const PRIVATE = `query ($id: ID!) {
  user(id: $id) {
    id email
    preferences { language currency wantsOrderEmails wantsNewsEmails }
    sessions { id }
  }
}`;

const CHOSEN_BY_NOBODY = {
  language: 'en',
  currency: 'EUR',
  wantsOrderEmails: true,
  wantsNewsEmails: false,
};

test('what is left out of preferences stays, and a language is kept in its usual form', async () => {
  await using subgraph = await startUsers();
  const { viewer } = await arrive(subgraph);
  const change = async (input: object) =>
    (await changePreferences(subgraph, input, { viewer })).preferences;
  expect(await change({})).toEqual(CHOSEN_BY_NOBODY);
  expect(await change({ language: 'PT-br', wantsNewsEmails: true })).toEqual({
    ...CHOSEN_BY_NOBODY,
    language: 'pt-BR',
    wantsNewsEmails: true,
  });
  expect(await change({ currency: 'GBP', wantsOrderEmails: false })).toEqual({
    language: 'pt-BR',
    currency: 'GBP',
    wantsOrderEmails: false,
    wantsNewsEmails: true,
  });
  for (const language of ['', 'portuguese!', 'pt_BR', 'en-\u0000', 'x'.repeat(90_000)]) {
    const refused = await changePreferences(subgraph, { language }, { viewer });
    expect(refused.userErrors).toEqual([{ code: 'INVALID', field: ['input', 'language'] }]);
  }
});

test('preferences and sessions are seen and changed by their owner only', async () => {
  await using subgraph = await startUsers();
  const ada = await arrive(subgraph);
  const bea = await arrive(subgraph, BEA);
  const seenBy = async (viewer?: Viewer) => {
    const { data } = await subgraph.query({
      document: PRIVATE,
      variables: { id: ada.id },
      ...(viewer !== undefined && { viewer }),
    });
    return data.user;
  };
  const hidden = { id: ada.id, email: null, preferences: null, sessions: null };
  const service: Viewer = { kind: 'service', name: 'cart', scopes: ['users:addresses'] };
  for (const other of [undefined, bea.viewer, service]) expect(await seenBy(other)).toEqual(hidden);
  expect(await seenBy(ada.viewer)).toMatchObject({
    preferences: CHOSEN_BY_NOBODY,
    sessions: [{ id: expect.any(String) }],
  });
  expect(codesOf(await changePreferences(subgraph, { currency: 'USD' }))).toEqual([
    'UNAUTHENTICATED',
  ]);
});
