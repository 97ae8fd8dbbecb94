import { signRequest } from '../../../contract/signature.ts';
import type { Viewer } from '../../../contract/viewer.ts';
import type { SubgraphName } from '../../../stack/subgraphs.ts';
import { type Data, type GraphqlResult, postGraphql } from '../../kit/http.ts';
import { openParts } from '../../kit/parts.ts';
import { TEST_SECRET } from '../../kit/secret.ts';
import type { TestSupergraph } from '../../kit/supergraph.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** What a client says of itself; it may depend on the body that it sends. */
export type Asker = (body: string) => Readonly<Record<string, string>>;

export const guest: Asker = () => ({});
export const bearer =
  (token: string): Asker =>
  () => ({ authorization: `Bearer ${token}` });

/** A guest who got hold of what the router tells a subgraph, and sends the same to the router. */
export const impostor =
  (viewer: Viewer): Asker =>
  (body) => ({ ...signRequest(TEST_SECRET, 'users', { viewer, clientAddress: null }, body) });

export const ask = (
  { url }: TestSupergraph,
  asker: Asker,
  query: string,
  variables: Variables = {},
): Promise<GraphqlResult> => {
  const body = JSON.stringify({ query, variables });
  return postGraphql(`${url}/graphql`, body, asker(body));
};

/** The same, where nothing may go wrong. */
export const get = async (
  market: TestSupergraph,
  asker: Asker,
  query: string,
  variables: Variables = {},
): Promise<Data> => {
  const { data, errors } = await ask(market, asker, query, variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};

/** The first event of a subscription, as the answer to a query would be. */
export const firstEvent = async (
  { url }: TestSupergraph,
  asker: Asker,
  query: string,
  variables: Variables,
): Promise<Pick<GraphqlResult, 'data' | 'errors'>> => {
  const request = { query, variables };
  const headers = asker(JSON.stringify(request));
  await using events = await openParts(`${url}/graphql`, request, 'events', headers);
  const event = await events.next();
  return { data: event.payload?.data, errors: event.payload?.errors ?? event.errors };
};

/** Asks a subgraph at its own port, by what the router would sign for this viewer. */
export const askSubgraph = (
  market: TestSupergraph,
  name: SubgraphName,
  viewer: Viewer,
  query: string,
  variables: Variables,
  signing: { readonly secret?: string; readonly audience?: SubgraphName } = {},
): Promise<GraphqlResult> => {
  const body = JSON.stringify({ query, variables });
  const { secret = TEST_SECRET, audience = name } = signing;
  const signed = signRequest(secret, audience, { viewer, clientAddress: null }, body);
  return postGraphql(`${market.subgraphs[name].url}/graphql`, body, { ...signed });
};
