/**
 * @typedef {object} HttpRequest
 * @property {Buffer} body
 * @property {boolean} signed whether it carries the router's signature
 * @property {number} end where the next request begins
 */

const HEAD_END = '\r\n\r\n';
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)/i;
const CHUNKED = /\r\ntransfer-encoding: *chunked/i;
const SIGNATURE = /\r\nemporium-signature: *[0-9a-f]{64}/i;

/**
 * The first whole HTTP/1.1 request in `bytes`; enough of the protocol for the gateways of the bench.
 *
 * @param {Buffer} bytes
 * @returns {HttpRequest | undefined} nothing while some of it is still to come
 */
export const readRequest = (bytes) => {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const body = CHUNKED.test(head)
    ? chunkedBody(bytes, headEnd + HEAD_END.length)
    : sizedBody(bytes, headEnd + HEAD_END.length, Number(CONTENT_LENGTH.exec(head)?.[1] ?? 0));
  return body && { ...body, signed: SIGNATURE.test(head) };
};

/**
 * @param {Buffer} bytes
 * @param {number} start
 * @param {number} size
 */
const sizedBody = (bytes, start, size) => {
  const end = start + size;
  return bytes.length < end ? undefined : { body: bytes.subarray(start, end), end };
};

/**
 * @param {Buffer} bytes
 * @param {number} start
 */
const chunkedBody = (bytes, start) => {
  const chunks = [];
  for (let position = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', position);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', position, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return undefined;
    if (size === 0) return { body: Buffer.concat(chunks), end };
    chunks.push(bytes.subarray(lineEnd + 2, end - 2));
    position = end;
  }
};
