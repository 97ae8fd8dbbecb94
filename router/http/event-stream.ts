import { printErrors, Refusal } from '../refusal.ts';

// GraphQL over server-sent events, in distinct connections mode
// (https://github.com/graphql/graphql-over-http/blob/main/rfcs/GraphQLOverSSE.md).

/** A comment: keeps proxies and clients from taking silence for death. */
export const EVENT_STREAM_HEARTBEAT = ':\n\n';

const COMPLETE = 'event: complete\ndata:\n\n';

/** JSON text may be laid out over several lines, which end a field here. */
const nextEvent = (json: string): string =>
  `event: next\ndata: ${json.replaceAll(/[\r\n]+/g, ' ')}\n\n`;

/** The whole body of an operation with a single result. */
export const singleEvent = (json: string): string => `${nextEvent(json)}${COMPLETE}`;

/**
 * The body of an operation with many results.
 *
 * @param incremental whether clients wait for a result that has `hasNext: false`
 */
export async function* eventStream(
  results: AsyncIterable<string>,
  incremental: boolean,
): AsyncGenerator<string> {
  // Some browsers announce the stream only once they have read something of it.
  yield EVENT_STREAM_HEARTBEAT;
  try {
    for await (const result of results) yield nextEvent(result);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = printErrors(error);
    yield nextEvent(incremental ? `{"hasNext":false,"errors":${errors}}` : `{"errors":${errors}}`);
  }
  yield COMPLETE;
}
