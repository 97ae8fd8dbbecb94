import { createServer } from 'node:net';

/**
 * Listens on a port for a moment.
 *
 * @param port 0 for any that is free
 * @returns the port, or undefined when something listens there already
 * @throws when the address itself is not usable, such as a host that is not this machine's
 */
export const tryPort = (port: number, host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve(taken));
    });
  });

/**
 * A free port that stays free until something is started there, and while it is started again: below
 * those that the system gives to outgoing connections and to whoever takes any, of which there are many
 * (32768 and up on Linux, 49152 and up on macOS).
 */
export const quietPort = async (): Promise<number> => {
  const free = await tryPort(20_000 + Math.floor(Math.random() * 10_000), '127.0.0.1');
  return free ?? quietPort();
};

/** A free port, `preferred` when that is one. */
export const freePort = async (preferred: number, host: string): Promise<number> =>
  (preferred === 0 ? undefined : await tryPort(preferred, host)) ?? quietPort();
