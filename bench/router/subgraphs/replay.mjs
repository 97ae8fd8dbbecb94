import { once } from 'node:events';
import { createServer } from 'node:net';
import { readRequest } from './http-request.mjs';

/** @import { AddressInfo, Socket } from 'node:net' */

/**
 * @typedef {object} ReplayCounts
 * @property {number} requests
 * @property {number} signed those that carried a signature
 */

/**
 * @typedef {object} Replay
 * @property {string} url
 * @property {ReplayCounts} counts so far
 */

/**
 * An HTTP server that computes the answer to a body once and replays it from memory afterwards. It speaks
 * HTTP over bare sockets, because node:http would cost as much as a fast gateway does and share its load.
 *
 * @param {object} subgraph
 * @param {(body: string) => Promise<string>} subgraph.compute the answer, JSON
 * @param {number} subgraph.delayMs how long each answer is held back
 * @returns {Promise<Replay>}
 */
export const startReplay = async ({ compute, delayMs }) => {
  const counts = { requests: 0, signed: 0 };
  /** @type {Map<string, Buffer | Promise<Buffer>>} */
  const answers = new Map();

  /** @param {Buffer} body */
  const answerTo = (body) => {
    // Bytes as they are make the cheapest key; only a new body is decoded.
    const key = body.toString('latin1');
    const known = answers.get(key);
    if (known !== undefined) return known;
    const computed = compute(body.toString()).then((json) => {
      const answer = httpAnswer(json);
      answers.set(key, answer);
      return answer;
    });
    answers.set(key, computed);
    return computed;
  };

  /** @param {Socket} socket @param {Buffer} body */
  const respond = (socket, body) => {
    const answer = answerTo(body);
    /** @param {Buffer} bytes */
    const send = (bytes) => {
      if (delayMs === 0) socket.write(bytes);
      else setTimeout(() => socket.write(bytes), delayMs);
    };
    if (Buffer.isBuffer(answer)) return send(answer);
    answer.then(send, (error) => {
      process.stderr.write(`${error.stack}\n`);
      socket.destroy();
    });
  };

  const server = createServer((socket) => {
    socket.setNoDelay(true);
    // A gateway that was killed resets its connections.
    socket.on('error', () => socket.destroy());
    /** @type {Buffer} */
    let received = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      for (let request = readRequest(received); request; request = readRequest(received)) {
        received = received.subarray(request.end);
        counts.requests += 1;
        if (request.signed) counts.signed += 1;
        respond(socket, request.body);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address with a port.
  const { port } = /** @type {AddressInfo} */ (server.address());
  return { url: `http://127.0.0.1:${port}/graphql`, counts };
};

/** @param {string} json */
const httpAnswer = (json) => {
  const body = Buffer.from(json);
  const head = [
    'HTTP/1.1 200 OK',
    'content-type: application/json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: keep-alive',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
};
