import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
import { Agent } from 'undici';
import {
  issueServiceToken,
  SERVICE_SCHEME,
  type ServiceName,
} from '../../contract/service-token.ts';

/** A registered operation of this service (`operations/services/<name>/`), as codegen types it. */
export type ServiceOperation<Result, Variables> = DocumentTypeDecoration<Result, Variables> & {
  readonly toString: () => string;
};

/** An error of an answer, as far as services read it. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/**
 * The router gave no whole answer: it is down, refused the operation, or a field of it failed.
 * Whether the operation took effect is not known, so whoever asks again must be idempotent.
 */
export class RouterFailure extends Error {
  override readonly name = 'RouterFailure';
  readonly errors: readonly AnswerError[];

  constructor(message: string, errors: readonly AnswerError[] = [], cause?: unknown) {
    super(message, { cause });
    this.errors = errors;
  }
}

/** The way from one service to another: through the router, in the service's own name. */
export interface RouterClient {
  /** @throws RouterFailure where any part of the answer is missing */
  readonly ask: <Result, Variables>(
    operation: ServiceOperation<Result, Variables>,
    variables: Variables,
  ) => Promise<Result>;
  /**
   * What the router keeps with one of the tags (`@cacheTag`) is served no more.
   *
   * @throws RouterFailure where it may still be
   */
  readonly invalidate: (tags: readonly string[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface RouterClientSettings {
  readonly routerUrl: string;
  readonly signingSecret: string;
}

/** How long the router may take to answer, in milliseconds: longer than it gives a subgraph. */
const TIMEOUT_MS = 12_000;

export const createRouterClient = (
  service: ServiceName,
  { routerUrl, signingSecret }: RouterClientSettings,
): RouterClient => {
  const agent = new Agent({ connect: { timeout: 2_000 } });
  const { origin } = new URL(routerUrl);

  const post = (path: string, content: unknown) =>
    agent.request({
      origin,
      path,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        authorization: `${SERVICE_SCHEME} ${issueServiceToken(signingSecret, service)}`,
      },
      body: JSON.stringify(content),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });

  const send = async (query: string, variables: unknown): Promise<unknown> => {
    const { body } = await post('/graphql', { query, variables });
    return body.json();
  };

  return {
    ask: async <Result, Variables>(
      operation: ServiceOperation<Result, Variables>,
      variables: Variables,
    ): Promise<Result> => {
      const answer = await send(operation.toString(), variables).catch((error: unknown) => {
        throw new RouterFailure('The router did not answer.', [], error);
      });
      const { data, errors = [] } = Object(answer) as {
        readonly data?: Result | null;
        readonly errors?: readonly AnswerError[];
      };
      if (data != null && errors.length === 0) return data;
      throw new RouterFailure(errors[0]?.message ?? 'The router gave no data.', errors);
    },
    invalidate: async (tags) => {
      const { statusCode, body } = await post('/cache/invalidate', { tags }).catch(
        (error: unknown) => {
          throw new RouterFailure('The router did not answer.', [], error);
        },
      );
      await body.dump();
      if (statusCode !== 204) {
        throw new RouterFailure(`The router did not invalidate what it keeps: ${statusCode}.`);
      }
    },
    close: () => agent.close(),
  };
};
