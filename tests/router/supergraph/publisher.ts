import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { startServer } from '../transport/arrange.ts';

type Published =
  | { readonly text: string }
  | { readonly status: number }
  | { readonly broken: boolean };

/** A server that publishes a supergraph, with ETags. */
export interface TestPublisher extends AsyncDisposable {
  readonly url: string;
  readonly publish: (published: Published) => void;
  /** Resolves when it has answered once more. */
  readonly answered: () => Promise<unknown>;
  /** What it has answered, in order. */
  readonly statuses: readonly number[];
}

/** @param token what has to be sent along */
export const startPublisher = async (first: Published, token?: string): Promise<TestPublisher> => {
  let published = first;
  const statuses: number[] = [];
  const { server, port, ...disposable } = await startServer((request, response) => {
    response.once('finish', () => {
      statuses.push(response.statusCode);
      server.emit('answered');
    });
    if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
      return response.writeHead(401).end();
    if ('status' in published) return response.writeHead(published.status).end();
    if ('broken' in published) {
      response.writeHead(200, { 'content-length': 1_000 }).flushHeaders();
      server.emit('answered');
      return request.socket.destroy();
    }
    const etag = `"${createHash('sha256').update(published.text).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    return response.writeHead(200, { etag }).end(published.text);
  });
  return {
    ...disposable,
    url: `http://127.0.0.1:${port}/supergraph.graphql`,
    publish: (next) => {
      published = next;
    },
    answered: () => once(server, 'answered'),
    statuses,
  };
};
