import { isIPv6 } from 'node:net';

/**
 * The network of an address, by which clients that are not known otherwise are counted. Whoever has one
 * IPv6 address has at least the 2^64 beside it (RFC 6177), so those count as one; an IPv4 address counts
 * alone, also where a dual-stack socket writes it as `::ffff:192.0.2.1`.
 */
export const networkOf = (address: string): string => {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [before = '', after = ''] = address.split('::');
  const head = before.split(':').filter((group) => group !== '');
  const tail = after.split(':').filter((group) => group !== '');
  const zeros = address.includes('::') ? Array(8 - head.length - tail.length).fill('0') : [];
  return [...head, ...zeros, ...tail].slice(0, 4).join(':');
};
