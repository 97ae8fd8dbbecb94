import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { type Dispatcher, request } from 'undici';
import { signRequest } from '../../contract/signature.ts';
import { SubgraphFailure, subgraphFailure } from './failure.ts';
import type { Protocol } from './protocol.ts';
import { graphqlResult, type SubgraphResult } from './result.ts';

/**
 * A subscription by GraphQL over SSE: `next` with a result for each event, then `complete`. It is
 * read as fast as it is asked for; what comes meanwhile waits in the socket, so that the subgraph
 * waits too.
 */
export const eventStream: Protocol = async function* (
  settings,
  { name, url },
  connections,
  caller,
  graphql,
  signal,
  opened,
) {
  const { signingSecret, subgraphMaxResponseBytes: maxBytes } = settings;
  const body = JSON.stringify(graphql);
  try {
    const response = await request(url, {
      dispatcher: connections,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        // Servers take this word for word; what cannot be streamed comes as JSON all the same.
        accept: 'text/event-stream',
        ...(signingSecret !== null && signRequest(signingSecret, name, caller, body)),
      },
      body,
      signal,
    });
    if (isEventStream(response)) {
      opened();
      yield* results(response.body, maxBytes);
    } else yield graphqlResult(response.statusCode, await wholeText(response.body, maxBytes));
  } catch (error) {
    throw subgraphFailure(error);
  }
};

const isEventStream = ({ statusCode, headers }: Dispatcher.ResponseData): boolean =>
  statusCode === 200 && String(headers['content-type']).startsWith('text/event-stream');

async function* results(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<SubgraphResult, void, undefined> {
  for await (const { event, data } of messages(body, maxBytes)) {
    if (event === 'complete') return;
    if (event === 'next') yield graphqlResult(200, data);
  }
  throw new SubgraphFailure('SUBGRAPH_UNAVAILABLE', new Error('the stream ended uncompleted'));
}

async function* messages(
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<EventSourceMessage, void, undefined> {
  const complete: EventSourceMessage[] = [];
  const parser = createParser({
    maxBufferSize: maxBytes,
    onEvent: (message) => {
      if (Buffer.byteLength(message.data) > maxBytes) throw tooLarge(maxBytes);
      complete.push(message);
    },
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw tooLarge(maxBytes);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* complete.splice(0);
  }
}

const wholeText = async (body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
};

const tooLarge = (maxBytes: number): SubgraphFailure =>
  new SubgraphFailure('SUBGRAPH_RESPONSE_TOO_LARGE', new Error(`more than ${maxBytes} bytes`));
