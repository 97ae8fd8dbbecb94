import { request } from 'undici';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape
export type Data = any;

/** A GraphQL answer, as tests look at it. */
export interface GraphqlResult {
  readonly status: number;
  readonly data: Data;
  readonly errors:
    | readonly {
        readonly message: string;
        readonly path?: readonly (string | number)[];
        readonly extensions?: Readonly<Record<string, Data>>;
      }[]
    | undefined;
  readonly extensions: Readonly<Record<string, Data>> | undefined;
}

/** Posts a GraphQL request, given as text, and reads the JSON that comes back. */
export const postGraphql = async (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphqlResult> => {
  const response = await post(url, body, headers);
  const answer: Data = await response.body.json();
  const { data, errors, extensions } = answer;
  return { status: response.statusCode, data, errors, extensions };
};

/** Posts a GraphQL request, and gives what comes back as it was written. */
export const postText = async (url: string, body: string): Promise<string> =>
  (await post(url, body, {})).body.text();

const post = (url: string, body: string, headers: Readonly<Record<string, string>>) =>
  request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
