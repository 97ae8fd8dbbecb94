import {
  type ClientRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
} from 'node:http';

/** What reads a streamed answer byte by byte. */
export interface RawStream extends Disposable {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Everything that came, as soon as `fragment` is in it. Nothing is read meanwhile from the socket. */
  readonly until: (fragment: string) => Promise<string>;
  /** Everything, once the answer is over. */
  readonly toEnd: () => Promise<string>;
  /** Closes the connection, as a client that is gone does. */
  readonly leave: () => void;
}

/** Asks as a program without a GraphQL client does; the answer is read only when it is asked for. */
export const openRawStream = async (
  url: string,
  query: string,
  headers: Readonly<Record<string, string>>,
): Promise<RawStream> => {
  const asked = request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    agent: false,
  });
  asked.end(JSON.stringify({ query }));
  const response = await answered(asked);
  response.setEncoding('utf8');
  const chunks = response[Symbol.asyncIterator]();
  let text = '';
  const readWhile = async (wanted: () => boolean): Promise<string> => {
    while (wanted()) {
      const { done, value } = await chunks.next();
      if (done === true) return text;
      text += value;
    }
    return text;
  };
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    until: async (fragment) => {
      const read = await readWhile(() => !text.includes(fragment));
      if (read.includes(fragment)) return read;
      throw new Error(`it ended without ${fragment}: ${read}`);
    },
    toEnd: () => readWhile(() => true),
    leave: () => void asked.destroy(),
    [Symbol.dispose]: () => void asked.destroy(),
  };
};

const answered = (asked: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    asked.once('response', resolve);
    // Once there is an answer, whoever reads it is told.
    asked.on('error', reject);
  });
