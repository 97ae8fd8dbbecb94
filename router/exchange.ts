import type { Caller } from '../contract/viewer.ts';
import type { Answer } from './execution/answer.ts';
import type { Outcome } from './execution/operation.ts';
import type { Generation } from './supergraph/generation.ts';
import type { PreparedOperation } from './supergraph/operation-cache.ts';

// What the stages pass on. Each adds what it found out, so that a stage can only be reached with what
// it needs.

/** The two media types of GraphQL over HTTP. */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

/** An HTTP request as the front hands it over. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parameters of a GET. */
  readonly query: unknown;
  /** The parsed body of a POST. */
  readonly body: unknown;
  readonly clientAddress: string;
}

export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Received {
  readonly http: HttpRequest;
  readonly request: GraphqlRequest;
}

export interface Identified extends Received {
  readonly caller: Caller;
}

export interface Prepared extends Identified {
  readonly generation: Generation;
  readonly prepared: PreparedOperation;
  /** The coerced variables. */
  readonly flags: Readonly<Record<string, unknown>>;
}

/** A subscription that was opened. */
export interface LiveEvents {
  readonly kind: 'events';
  readonly events: AsyncIterable<Answer>;
}

export interface Executed extends Prepared {
  readonly outcome: Outcome | LiveEvents;
}

/** What an operation gives, each result printed as the JSON text that a client is to read. */
export type Results =
  /** A query or a mutation. */
  | { readonly kind: 'single'; readonly result: string }
  /** With `@defer`: the first result has `hasNext: true`, the last of the rest `hasNext: false`. */
  | { readonly kind: 'incremental'; readonly first: string; readonly rest: AsyncIterable<string> }
  /** A subscription: one result an event, until it is over, or a Refusal is thrown that says why. */
  | { readonly kind: 'events'; readonly events: AsyncIterable<string> };

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
