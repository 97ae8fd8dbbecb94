import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { quietPort } from '../kit/quiet-port.ts';

/** What a connection through the proxy meets. */
export type Fault =
  | { readonly kind: 'none' }
  /** Connections are refused. */
  | { readonly kind: 'down' }
  /** What comes back comes late. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /**
   * Connections are taken and nothing comes back. Those that were open then are silent for good, as where a
   * machine is gone that nobody has told to close them.
   */
  | { readonly kind: 'half-open' }
  /** Whatever is asked, these bytes come back, and the connection is closed. */
  | { readonly kind: 'answers'; readonly bytes: Buffer };

/** Stands between two processes and does as it is told, whatever they speak. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  readonly inflict: (fault: Fault) => Promise<void>;
}

export const NONE: Fault = { kind: 'none' };

/** Passes bytes on to a port of this machine. */
export const startFaultProxy = async (target: number): Promise<FaultProxy> => {
  let fault: Fault = NONE;
  const open = new Set<Connection>();
  const server = createServer((client) => {
    const connection = accept(client, target, () => fault);
    open.add(connection);
    client.once('close', () => open.delete(connection));
  });
  const port = await quietPort();
  const listen = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const breakOff = (): void => {
    for (const { client } of open) client.destroy();
  };
  const refuse = (): Promise<unknown> => {
    const closed = new Promise((resolve) => server.close(resolve));
    breakOff();
    return closed;
  };
  await listen();
  return {
    port,
    inflict: async (next) => {
      fault = next;
      if (next.kind === 'down') await refuse();
      else if (!server.listening) await listen();
      if (next.kind === 'answers') breakOff();
      if (next.kind === 'half-open') for (const connection of open) connection.silence();
    },
    [Symbol.asyncDispose]: async () => void (await refuse()),
  };
};

interface Connection {
  readonly client: Socket;
  readonly silence: () => void;
}

const accept = (client: Socket, target: number, fault: () => Fault): Connection => {
  // That it breaks is what this is for.
  client.on('error', () => {});
  const met = fault();
  if (met.kind === 'half-open') return { client: client.resume(), silence: () => {} };
  if (met.kind === 'answers') {
    client.once('data', () => client.end(met.bytes));
    return { client, silence: () => {} };
  }
  const server = connect(target, '127.0.0.1');
  let isSilent = false;
  const later = (act: () => void): void => {
    const now = fault();
    if (isSilent) return;
    if (now.kind === 'slow') setTimeout(act, now.delayMs);
    else act();
  };
  client.on('data', (chunk) => isSilent || server.write(chunk));
  client.once('close', () => server.destroy());
  server.on('data', (chunk) => later(() => client.write(chunk)));
  server.once('end', () => later(() => client.end()));
  server.once('error', () => later(() => client.destroy()));
  const silence = (): void => {
    isSilent = true;
  };
  return { client, silence };
};
