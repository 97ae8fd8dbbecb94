import type { FastifyReply } from 'fastify';
import type { Links } from '../links.ts';
import type { MediaItem } from '../media.ts';
import type { Store } from '../store.ts';

/** What the addresses of one picture or film have in common. */
export interface ItemParams {
  readonly id: string;
  /** Only in private addresses. */
  readonly token?: string;
}

/** Finds what an address may show. */
export type FindServed = (params: ItemParams) => Promise<MediaItem | null>;

/** For everyone what is for everyone; the rest for whoever has an address that is signed and still good. */
export const findServed =
  (store: Pick<Store, 'findServed'>, links: Links): FindServed =>
  async ({ id, token }) => {
    if (token === undefined) return store.findServed(id, null);
    const until = links.readToken(id, token);
    return until === null ? null : store.findServed(id, until);
  };

/** Where everyone finds things, and where bearers of a signed address do. */
export const PREFIXES = ['/media', '/media/private/:token'] as const;

export const isPrivate = (url: string): boolean => url.startsWith('/media/private/');

export const notFound = (reply: FastifyReply): FastifyReply =>
  reply.code(404).type('text/plain').send('There is no such picture or film.\n');
