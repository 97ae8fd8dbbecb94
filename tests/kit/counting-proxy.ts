import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between the router and a subgraph, and counts. */
export interface CountingProxy extends AsyncDisposable {
  readonly url: string;
  readonly requests: () => number;
}

/** Passes everything on to `origin` as it comes. */
export const startCountingProxy = async (origin: string): Promise<CountingProxy> => {
  let requests = 0;
  const server = createServer((incoming, outgoing) => {
    requests += 1;
    const { method = 'GET', headers, url = '/' } = incoming;
    const onward = request(new URL(url, origin), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
