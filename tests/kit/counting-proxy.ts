import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between the router and a subgraph, and counts. */
export interface CountingProxy extends AsyncDisposable {
  readonly url: string;
  readonly requests: () => number;
  /** Refuses connections while `act` runs, as a service does that is down. */
  readonly whileDown: <Result>(act: () => Promise<Result>) => Promise<Result>;
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
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    whileDown: async (act) => {
      await close();
      try {
        return await act();
      } finally {
        await listen(port);
      }
    },
    [Symbol.asyncDispose]: close,
  };
};
