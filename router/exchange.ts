import type { Caller } from '../contract/viewer.ts';
import type { CachePolicy } from './cache/policy.ts';
import type { Answer } from './execution/answer.ts';
import type { Departure } from './execution/departure.ts';
import type { WrittenJournal } from './execution/journal.ts';
import type { Outcome } from './execution/operation.ts';
import type { Refusal } from './refusal.ts';
import type { FoundOperation, Wanted } from './supergraph/find-operation.ts';
import type { Generation } from './supergraph/generation.ts';
import type { PreparedOperation } from './supergraph/operation-cache.ts';

// What the stages pass on. Each adds what it found out, so that a stage can only be reached with what
// it needs.

/** The two media types of GraphQL over HTTP. */
export type AnswerType = 'application/graphql-response+json' | 'application/json';

/** `@defer`: the format that Apollo Client, urql and GraphiQL read. */
export type DeferredParts = 'multipart/mixed;boundary="graphql";deferSpec=20220824';

/** Subscriptions: Apollo's multipart protocol. */
export type EventParts = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0';

/** GraphQL over server-sent events, in distinct connections mode: carries results of any kind. */
export type EventStream = 'text/event-stream';

/** A WebSocket's subprotocol: carries results of any kind. */
export type Socket = 'graphql-transport-ws';

/** By kind of results: how the client wants them written; null where it reads no such thing. */
export interface Accepts {
  readonly single: AnswerType | EventStream | Socket | null;
  readonly incremental: DeferredParts | EventStream | Socket | null;
  readonly events: EventParts | EventStream | Socket | null;
}

/** An HTTP request as the front hands it over. */
export interface HttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The parameters of a GET. */
  readonly query: unknown;
  /** The parsed body of a POST. */
  readonly body: unknown;
  readonly clientAddress: string;
  /** Tells when the client does not wait for the answer any more. */
  readonly departure: Departure;
}

/** Has a `query`, a `hash`, or both. */
export interface GraphqlRequest {
  readonly query: string | null;
  /** The SHA-256 of the document that is meant, in hexadecimal. */
  readonly hash: string | null;
  readonly operationName: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Received {
  readonly http: HttpRequest;
  /** What was asked of subgraphs for it. */
  readonly journal: WrittenJournal;
  readonly request: GraphqlRequest;
}

export interface Identified extends Received {
  readonly caller: Caller;
  /** When the caller’s token ends, in milliseconds since 1970; null where they have none that ends. */
  readonly validUntil: number | null;
}

export interface Found extends Identified {
  /** The text of the document. */
  readonly query: string;
}

/**
 * Members of `extensions` of the answer, by name: what each says of an answer, or of the first part of one
 * that comes in parts. A stage adds one by handing on a copy.
 */
export type Extensions = Readonly<Record<string, (answer: Answer) => unknown>>;

/** Costs nothing when the answer is printed. */
export const NO_EXTENSIONS: Extensions = {};

export interface Validated extends Found {
  readonly generation: Generation;
  readonly wanted: Wanted;
  readonly asked: FoundOperation;
  readonly extensions: Extensions;
}

export interface Priced extends Validated {
  /** What it is expected to cost; nothing for services, and where nobody wants to know. */
  readonly cost: number;
}

export interface Prepared extends Priced {
  readonly prepared: PreparedOperation;
  /** What kind of results it gives. */
  readonly kind: Results['kind'];
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
  | {
      readonly kind: 'single';
      readonly result: string;
      /** For how long it may be kept by whoever gets it; null where it may not. */
      readonly policy: CachePolicy | null;
    }
  /** With `@defer`: the first result has `hasNext: true`, the last of the rest `hasNext: false`. */
  | { readonly kind: 'incremental'; readonly first: string; readonly rest: AsyncIterable<string> }
  /** A subscription: one result an event, until it is over, or a Refusal is thrown that says why. */
  | { readonly kind: 'events'; readonly events: AsyncIterable<string> };

/** How a stream came to its end. */
export interface StreamEnd {
  /** How many results its client was given. */
  readonly results: number;
  /** Why it was ended; null where it was simply over. */
  readonly reason: Refusal | null;
  /** Whether its client did not wait for the end. */
  readonly hasLeft: boolean;
}

/** A body that is written piece by piece. */
export interface StreamedBody {
  /** What is written, in order; each piece can be read without the next one. */
  readonly pieces: AsyncIterable<string>;
  /** A piece that says nothing but that the stream is alive; null where there is none. */
  readonly heartbeat: string | null;
  /** The client is gone: gives up at once what the pieces come from. */
  readonly cancel: () => void;
  /** Resolves when its client has read all of it, or is gone. */
  readonly settled: Promise<StreamEnd>;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | StreamedBody;
}
