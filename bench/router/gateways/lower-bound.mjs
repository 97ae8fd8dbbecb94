import { once } from 'node:events';
import { createServer } from 'node:http';
import { chain, fanout, largeStrings, tiny } from './fan-outs.mjs';

/** @import { AddressInfo } from 'node:net' */

// What the same answers cost where somebody writes each query's fan-out by hand: node:http in front, undici
// behind, the same subgraph requests as Apollo's plan, the signature of Emporium.

/** @type {Readonly<Record<string, (variables: any) => Promise<object>>>} */
// `any`: each has variables of its own.
const FAN_OUTS = { Tiny: tiny, Fanout: fanout, Chain: chain, LargeStrings: largeStrings };

/** @param {string} body */
const answer = async (body) => {
  const { operationName, variables } = JSON.parse(body);
  const run = FAN_OUTS[operationName];
  if (run === undefined) throw new Error(`nobody wrote ${operationName}`);
  return JSON.stringify({ data: await run(variables) });
};

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    answer(body).then(
      (text) => {
        response.writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(text),
        });
        response.end(text);
      },
      (error) => {
        process.stderr.write(`${error.stack}\n`);
        response.writeHead(500).end();
      },
    );
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('disconnect', () => process.exit());
// A TCP server that listens has an address with a port.
const { port } = /** @type {AddressInfo} */ (server.address());
process.send?.({ type: 'listening', url: `http://127.0.0.1:${port}` });
