import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';

// Hive Gateway on Node's own HTTP server; PLANNER=rust takes Hive's planner in Rust.

const rust = process.env.PLANNER === 'rust';
const gateway = createGatewayRuntime({
  supergraph: readFileSync(process.env.SUPERGRAPH, 'utf8'),
  logging: false,
  landingPage: false,
  ...(rust && {
    unifiedGraphHandler: (await import('@graphql-hive/router-runtime')).unifiedGraphHandler,
  }),
});
const server = createServer(gateway).listen(0, '127.0.0.1');
await once(server, 'listening');
process.on('disconnect', () => process.exit());
process.send({ type: 'listening', url: `http://127.0.0.1:${server.address().port}` });
