import type { IncomingMessage } from 'node:http';
import proxyAddress from '@fastify/proxy-addr';
import type { Logger } from '../../process/log.ts';

/** Tells the address of the client behind a request. */
export type ClientAddress = (request: IncomingMessage) => string;

/**
 * The client's address is the nearest that is no trusted proxy's: the socket's, or, as far as proxies may be
 * trusted, one of `x-forwarded-for`, which anyone else could have made up.
 *
 * @param trustedProxies addresses, networks, or `loopback`, `linklocal`, `uniquelocal`
 */
export const clientAddressBehind = (
  trustedProxies: readonly string[],
  log: Logger,
): ClientAddress => {
  if (trustedProxies.length > 0) {
    const trust = proxyAddress.compile([...trustedProxies]);
    return (request) => proxyAddress(request, trust);
  }
  let isTold = false;
  return ({ headers, socket }) => {
    if (!isTold && headers['x-forwarded-for'] !== undefined) {
      isTold = true;
      log.warn(
        'a request has x-forwarded-for, which nobody is trusted with: if a proxy stands before the router, name it in TRUSTED_PROXIES, else all its clients count as one',
      );
    }
    return socket.remoteAddress ?? 'unknown';
  };
};
