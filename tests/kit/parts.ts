import { request } from 'undici';
import { DEFERRED_PARTS, EVENT_PARTS } from './accepts.ts';
import type { Data } from './http.ts';

/** An answer that comes in parts, or events: each a JSON value. */
export interface Parts extends AsyncDisposable {
  readonly contentType: string;
  /** The next one; undefined where there is none any more. */
  readonly next: () => Promise<Data>;
  /** All that are still to come. */
  readonly rest: () => Promise<readonly Data[]>;
}

/** Asks as a client of `@defer` or of multipart subscriptions does; heartbeats are not shown. */
export const openParts = async (
  url: string,
  body: object,
  kind: 'defer' | 'events',
  headers: Readonly<Record<string, string>> = {},
) => {
  const response = await request(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: kind === 'defer' ? DEFERRED_PARTS : EVENT_PARTS,
      ...headers,
    },
    body: JSON.stringify(body),
  });
  const contentType = String(response.headers['content-type']);
  const parts = contentType.startsWith('multipart/')
    ? partsOf(response.body)
    : wholeOf(response.body);
  const next = async (): Promise<Data> => (await parts.next()).value;
  return {
    contentType,
    next,
    rest: async () => {
      const all: Data[] = [];
      for (let part = await next(); part !== undefined; part = await next()) all.push(part);
      return all;
    },
    [Symbol.asyncDispose]: async () => {
      // Whoever leaves does not mind what is lost.
      response.body.on('error', () => {}).destroy();
    },
  } satisfies Parts;
};

async function* wholeOf(body: { json(): Promise<unknown> }): AsyncGenerator<Data, undefined> {
  yield await body.json();
}

async function* partsOf(body: AsyncIterable<Buffer>): AsyncGenerator<Data, undefined> {
  let text = '';
  for await (const chunk of body) {
    text += chunk;
    const pieces = text.split('\r\n--graphql');
    text = pieces.pop() ?? '';
    for (const piece of pieces) {
      const json = piece.slice(piece.indexOf('\r\n\r\n') + 4);
      if (piece !== '' && json !== '{}') yield JSON.parse(json);
    }
  }
}
