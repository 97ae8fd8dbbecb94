import { createRemoteJWKSet, jwtVerify } from 'jose';
import { ACCESS_TOKEN_AUDIENCE, KEY_SET_PATH } from '../../contract/access-token.ts';
import type { Viewer } from '../../contract/viewer.ts';
import { users } from '../../subgraphs/users/server.ts';
import type { Data } from '../kit/http.ts';
import { startTestSubgraph, type TestQuery, type TestSubgraph } from '../kit/subgraph.ts';

export const ADA = {
  email: 'ada@example.com',
  password: 'correct horse battery',
  handle: 'ada-moreau',
  displayName: 'Ada Moreau',
};

export const BEA = { ...ADA, email: 'bea@example.com', handle: 'bea', displayName: 'Bea Lind' };

/** The service on tables without rows. */
export const startUsers = (): Promise<TestSubgraph> =>
  startTestSubgraph(users, { database: 'users', seeded: false });

const SIGNED_IN = `
  user { id }
  credentials { accessToken expiresAt refreshToken }
  userErrors { code field message }`;

type From = Pick<TestQuery, 'viewer' | 'clientAddress'>;

const ask =
  (name: string, type: string, selection: string) =>
  async (subgraph: TestSubgraph, input: object, from: From = {}): Promise<Data> => {
    const document = `mutation ($input: ${type}!) { it: ${name}(input: $input) { ${selection} } }`;
    const { data, errors } = await subgraph.query({ document, variables: { input }, ...from });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data.it;
  };

// Each gives the mutation's payload.
export const signUp = ask('signUp', 'SignUpInput', SIGNED_IN);
export const logIn = ask('logIn', 'LogInInput', SIGNED_IN);
export const refresh = ask('refreshSession', 'RefreshSessionInput', SIGNED_IN);
export const logOut = ask('logOut', 'LogOutInput', 'endedSessionId userErrors { code }');
export const changePassword = ask(
  'changePassword',
  'ChangePasswordInput',
  'user { id } userErrors { code field }',
);
export const changePreferences = ask(
  'changePreferences',
  'ChangePreferencesInput',
  'preferences { language currency wantsOrderEmails wantsNewsEmails } userErrors { code field }',
);
export const deleteMyAccount = ask(
  'deleteMyAccount',
  'DeleteMyAccountInput',
  'deletedUserId userErrors { code field }',
);

export const codesOf = ({ userErrors }: Data): readonly string[] =>
  userErrors.map(({ code }: { readonly code: string }) => code);

/** A token's header and claims, once it is verified against the key set that is served now. */
export const verify = ({ url }: TestSubgraph, accessToken: string) =>
  jwtVerify(accessToken, createRemoteJWKSet(new URL(KEY_SET_PATH, url)), {
    issuer: 'http://localhost:4000',
    audience: ACCESS_TOKEN_AUDIENCE,
    typ: 'at+jwt',
  });

/** Who the router says that the bearer of a token is. */
export const viewerOf = async (subgraph: TestSubgraph, accessToken: string): Promise<Viewer> => {
  const { payload } = await verify(subgraph, accessToken);
  const scopes = String(payload['scope']).split(' ');
  return { kind: 'user', id: String(payload.sub), scopes, sessionId: String(payload['sid']) };
};

/** Someone new, signed in. */
export const arrive = async (
  subgraph: TestSubgraph,
  person: typeof ADA & { device?: string } = ADA,
) => {
  const { user, credentials } = await signUp(subgraph, person);
  const viewer = await viewerOf(subgraph, credentials.accessToken);
  return { id: String(user.id), refreshToken: String(credentials.refreshToken), viewer };
};
