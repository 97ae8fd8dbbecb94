import type { GraphqlRequest, HttpRequest, Received } from '../exchange.ts';
import { createJournal } from '../execution/journal.ts';
import { refusal } from '../refusal.ts';

/**
 * Reads the GraphQL request out of the HTTP request, as GraphQL over HTTP says it lies there.
 *
 * @throws Refusal where there is none, or where another site's page could have sent it unasked.
 */
export const receive = (http: HttpRequest): Received => {
  if (http.method === 'GET') {
    refuseUnasked(http);
    return { http, journal: createJournal(), request: readRequest(parametersOf(http.query)) };
  }
  return { http, journal: createJournal(), request: readRequest(http.body) };
};

/**
 * A browser sends a GET across sites without asking first, unless it carries a header like these
 * (https://www.apollographql.com/docs/apollo-server/security/cors#preventing-cross-site-request-forgery-csrf).
 * A POST is safe: the server takes JSON only, and for that a browser asks first.
 */
const PREFLIGHTED_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'] as const;

const refuseUnasked = ({ headers }: HttpRequest): void => {
  const preflighted = PREFLIGHTED_HEADERS.some((name) => (headers[name] ?? '') !== '');
  const type = headers['content-type'];
  if (preflighted || (typeof type === 'string' && type.startsWith('application/json'))) return;
  throw refusal('CSRF_PREVENTED');
};

/** In a URL, variables and extensions are JSON text. */
const parametersOf = (query: unknown): unknown => {
  const { variables, extensions, ...rest } = Object(query);
  return {
    ...rest,
    variables: fromText('variables', variables),
    extensions: fromText('extensions', extensions),
  };
};

const fromText = (name: string, text: unknown): unknown => {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw refusal('BAD_REQUEST', `\`${name}\` is not JSON.`);
  }
};

const readRequest = (body: unknown): GraphqlRequest => {
  if (!isRecord(body)) {
    throw refusal(
      'BAD_REQUEST',
      'The body is not a JSON object with a `query`; batches are not taken.',
    );
  }
  const { query, operationName, variables, extensions } = body;
  if (query != null && typeof query !== 'string') {
    throw refusal('BAD_REQUEST', '`query` is not text.');
  }
  if (operationName != null && typeof operationName !== 'string') {
    throw refusal('BAD_REQUEST', '`operationName` is not text.');
  }
  if (variables != null && !isRecord(variables)) {
    throw refusal('BAD_REQUEST', '`variables` is not a JSON object.');
  }
  if (extensions != null && !isRecord(extensions)) {
    throw refusal('BAD_REQUEST', '`extensions` is not a JSON object.');
  }
  const hash = hashIn(extensions);
  if (!query && hash === null) {
    throw refusal('BAD_REQUEST', '`query` is missing: send the text of the operation in it.');
  }
  return {
    query: query || null,
    hash,
    operationName: operationName || null,
    variables: variables ?? {},
  };
};

/** The document's hash, as Apollo's clients send it in the extensions of a request. */
const hashIn = (extensions: Readonly<Record<string, unknown>> | null | undefined) => {
  const persisted = extensions?.['persistedQuery'];
  if (persisted == null) return null;
  const { version, sha256Hash } = Object(persisted);
  if (version === 1 && typeof sha256Hash === 'string' && /^[0-9a-f]{64}$/.test(sha256Hash))
    return sha256Hash;
  throw refusal(
    'BAD_REQUEST',
    '`extensions.persistedQuery` is not `{ "version": 1, "sha256Hash": … }` with 64 hexadecimal digits.',
  );
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
