import { Agent, request } from 'undici';

/** @type {typeof import('../../../contract/signature.ts')} */
const { signRequest } = await import(
  new URL('../../../dist/contract/signature.js', import.meta.url).href
);

/** @type {Readonly<Record<string, string>>} */
const urls = JSON.parse(process.env['SUBGRAPHS'] ?? '{}');
const secret = process.env['SIGNING_SECRET'] ?? '';
const agent = new Agent({ connections: 128 });

/** @type {import('../../../contract/viewer.ts').Caller} */
const CALLER = { viewer: { kind: 'guest' }, clientAddress: '127.0.0.1' };

/** What precedes the variables in a body, written once. @param {string} query */
const head = (query) => `{"query":${JSON.stringify(query)},"variables":`;

/**
 * @param {string} name
 * @param {string} body
 * @returns {Promise<any>} its data
 */
// `any`: the queries are below, and so is what they give.
const post = async (name, body) => {
  const response = await request(urls[name] ?? '', {
    dispatcher: agent,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...signRequest(secret, name, CALLER, body),
    },
    body,
  });
  // JSON from the bench's own subgraphs.
  return /** @type {any} */ (await response.body.json()).data;
};

/**
 * A root query to a subgraph.
 *
 * @param {string} subgraph
 * @param {string} query
 * @returns {(variables: object) => Promise<any>}
 */
export const root = (subgraph, query) => {
  const start = head(query);
  return (variables) => post(subgraph, `${start}${JSON.stringify(variables)}}`);
};

/**
 * A query for entities by their ids: gives them in the order of the ids, asking for each once.
 *
 * @param {string} subgraph
 * @param {string} type
 * @param {string} selection
 * @param {string} [declared] variables of the selection
 * @returns {(ids: readonly string[], variables?: object) => Promise<any[]>}
 */
export const entities = (subgraph, type, selection, declared = '') => {
  const start = head(
    `query($representations: [_Any!]!${declared}) { _entities(representations: $representations) { ... on ${type} { ${selection} } } }`,
  );
  return async (ids, variables = {}) => {
    const unique = [...new Set(ids)];
    const representations = unique.map((id) => ({ __typename: type, id }));
    const sent = JSON.stringify({ representations, ...variables });
    const { _entities } = await post(subgraph, `${start}${sent}}`);
    const byId = new Map(unique.map((id, index) => [id, _entities[index]]));
    return ids.map((id) => byId.get(id));
  };
};
