import { printErrors, Refusal } from '../refusal.ts';

// Every part is written with the boundary that follows it, because clients read a part when they see
// where it ends.

const BOUNDARY = '\r\n--graphql';
const END = '--\r\n';

const part = (json: string): string =>
  `\r\ncontent-type: application/json\r\n\r\n${json}${BOUNDARY}`;

/** The parts of an answer with `@defer` (deferSpec=20220824). */
export async function* deferredParts(
  first: string,
  rest: AsyncIterable<string>,
): AsyncGenerator<string> {
  yield `${BOUNDARY}${part(first)}`;
  try {
    for await (const result of rest) yield part(result);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield part(`{"hasNext":false,"errors":${printErrors(error)}}`);
  }
  yield END;
}

/** The parts of a subscription (subscriptionSpec=1.0); the boundary goes ahead, so that clients know. */
export async function* eventParts(events: AsyncIterable<string>): AsyncGenerator<string> {
  yield BOUNDARY;
  try {
    for await (const result of events) yield part(`{"payload":${result}}`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield part(`{"payload":null,"errors":${printErrors(error)}}`);
  }
  yield END;
}

/** What a subscription without events writes now and then (Apollo's multipart protocol). */
export const EVENT_PARTS_HEARTBEAT = part('{}');
