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
}

/** Posts a GraphQL request, given as text, and reads the JSON that comes back. */
export const postGraphql = async (
  url: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<GraphqlResult> => {
  const response = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  const answer: Data = await response.body.json();
  return { status: response.statusCode, data: answer.data, errors: answer.errors };
};
