import {
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

/**
 * Addresses that are good because they are signed:
 *
 *   /media/uploads/<upload>/<signature>       to send the file of that upload to, of exactly its length
 *   /media/private/<until>.<signature>/…      to see one picture or film that is not for everyone
 *
 * The signature of a film stands before its name, so that a player which follows relative addresses from
 * playlist to playlist to bytes carries it along. What has expired is for the database's clock to say.
 */
export interface Links {
  /** Below the router's address. */
  readonly uploadPath: (uploadId: string, bytes: number) => string;
  readonly isUploadSignature: (uploadId: string, bytes: number, signature: string) => boolean;
  /**
   * The private address for what everyone would find at `path`.
   *
   * @param until seconds since 1970
   */
  readonly privatePath: (mediaId: string, until: number, path: string) => string;
  /** Until when a token lets its bearer see it, in seconds since 1970; null where it is forged. */
  readonly readToken: (mediaId: string, token: string) => number | null;
}

const ROOT = '/media';

/** 128 bits, in base64url. */
const SIGNATURE_LENGTH = 22;

/** @param secret what router and subgraphs share */
export const createLinks = (secret: string): Links => {
  const key = keyOf(secret);
  const sign = (...words: readonly (string | number)[]): string =>
    createHmac('sha256', key)
      .update(JSON.stringify(words))
      .digest('base64url')
      .slice(0, SIGNATURE_LENGTH);

  return {
    uploadPath: (uploadId, bytes) =>
      `${ROOT}/uploads/${uploadId}/${sign('upload', uploadId, bytes)}`,
    isUploadSignature: (uploadId, bytes, signature) =>
      isSame(sign('upload', uploadId, bytes), signature),
    privatePath: (mediaId, until, path) =>
      `${ROOT}/private/${until}.${sign('see', mediaId, until)}${path.slice(ROOT.length)}`,
    readToken: (mediaId, token) => {
      const [, digits = '', signature = ''] = TOKEN.exec(token) ?? [];
      const until = Number(digits);
      return isSame(sign('see', mediaId, until), signature) ? until : null;
    },
  };
};

const TOKEN = /^(\d{1,12})\.([\w-]+)$/;

/** Of its own (HKDF, RFC 5869), so that no signature of another kind can pass for one of these. */
const keyOf = (secret: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'emporium media links', 32)));

const isSame = (expected: string, given: string): boolean => {
  const [one, other] = [Buffer.from(expected), Buffer.from(given)];
  // In bytes: as many characters may be more of them.
  return one.length === other.length && timingSafeEqual(one, other);
};
