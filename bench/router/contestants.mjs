import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { peerFolder } from './peers.mjs';
import { subgraphSdl } from './subgraphs/schemas.mjs';

/** @import { AddressInfo } from 'node:net' */
/** @import { Arena, Contestant, Launch } from './shapes.ts' */

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A Node program that listens on a free port and says which.
 *
 * @param {string} script relative to the project
 * @param {(arena: Arena) => Readonly<Record<string, string>>} [more] what else it reads from its environment
 * @returns {(arena: Arena) => Launch}
 */
const node =
  (script, more = () => ({})) =>
  (arena) => ({
    command: process.execPath,
    args: [path.join(ROOT, script)],
    cwd: ROOT,
    env: {
      NODE_ENV: 'production',
      APOLLO_TELEMETRY_DISABLED: 'true',
      SUPERGRAPH: arena.supergraph,
      SUBGRAPHS: JSON.stringify(arena.subgraphs),
      PORT: '0',
      HOST: '127.0.0.1',
      ...more(arena),
    },
  });

const ANY = { peer: null, federation: /** @type {const} */ (2), signs: false, workloads: null };

/** @param {Arena} arena */
const signing = ({ signingSecret }) => ({ SIGNING_SECRET: signingSecret });

/**
 * Grafbase's gateway reads a file that names the subgraphs, and composes them itself.
 *
 * @param {Arena} arena
 * @returns {Promise<Launch>}
 */
const grafbase = async ({ folder, subgraphs }) => {
  const sections = Object.entries(subgraphs).map(([name, url]) => {
    writeFileSync(path.join(folder, `${name}.graphql`), subgraphSdl(name));
    return `[subgraphs.${name}]\nurl = "${url}"\nschema_path = "${name}.graphql"\n`;
  });
  const config = path.join(folder, 'grafbase.toml');
  writeFileSync(config, ['[graph]\nintrospection = false\n', ...sections].join('\n'));
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  return {
    command: path.join(peerFolder('grafbase'), GRAFBASE_BINARY),
    args: ['--home', folder, 'dev', '-c', config, '-p', `${port}`, '--listen-address', address],
    env: {},
    cwd: folder,
    url: `http://${address}/graphql`,
  };
};

const GRAFBASE_BINARY = 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase';

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // A TCP server that listens has an address with a port.
  const { port } = /** @type {AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** @type {readonly Contestant[]} */
export const CONTESTANTS = [
  {
    ...ANY,
    name: 'emporium',
    about: 'this router, with its own HTTP front',
    signs: true,
    needs: 'dist/router/main.js',
    // Requests are not logged by the others either, nor counted by address: all come from one here.
    launch: node('dist/router/main.js', (arena) => ({
      ...signing(arena),
      LOG_LEVEL: 'warn',
      REQUESTS_PER_MINUTE_PER_ADDRESS: '0',
    })),
  },
  {
    ...ANY,
    name: 'emporium-dropin',
    about: 'its executor as the gateway of an Apollo Server 5 on Fastify',
    signs: true,
    needs: 'dist/router/dropin/gateway.js',
    launch: node('bench/router/gateways/emporium-dropin.mjs', signing),
  },
  {
    ...ANY,
    name: 'stock',
    about: '@apollo/gateway in an Apollo Server 5 on Fastify',
    peer: 'stock',
    needs: 'bench/router/peers/stock/gateway.mjs',
    launch: node('bench/router/peers/stock/gateway.mjs'),
  },
  {
    ...ANY,
    name: 'stock-undici',
    about: 'the same with a small data source over undici',
    peer: 'stock',
    needs: 'bench/router/peers/stock/gateway.mjs',
    launch: node('bench/router/peers/stock/gateway.mjs', () => ({ DATA_SOURCE: 'undici' })),
  },
  {
    ...ANY,
    name: 'hive-js',
    about: 'Hive Gateway, planner in JavaScript',
    peer: 'hive',
    needs: 'bench/router/peers/hive/gateway.mjs',
    launch: node('bench/router/peers/hive/gateway.mjs'),
  },
  {
    ...ANY,
    name: 'hive-rust',
    about: 'Hive Gateway, planner in Rust',
    peer: 'hive',
    needs: 'bench/router/peers/hive/gateway.mjs',
    launch: node('bench/router/peers/hive/gateway.mjs', () => ({ PLANNER: 'rust' })),
  },
  {
    ...ANY,
    name: 'mercurius',
    about: 'Mercurius gateway with JIT, over federation 1 schemas',
    peer: 'mercurius',
    federation: 1,
    needs: 'bench/router/peers/mercurius/gateway.mjs',
    launch: node('bench/router/peers/mercurius/gateway.mjs'),
  },
  {
    ...ANY,
    name: 'grafbase',
    about: 'Grafbase’s gateway, in Rust',
    peer: 'grafbase',
    needs: `bench/router/peers/grafbase/${GRAFBASE_BINARY}`,
    launch: grafbase,
  },
  {
    ...ANY,
    name: 'lower-bound',
    about: 'the fan-out written by hand over undici, signing as Emporium does',
    signs: true,
    workloads: [/^tiny$/, /^fanout-/, /^chain-5$/, /^large-strings$/],
    needs: 'dist/contract/signature.js',
    launch: node('bench/router/gateways/lower-bound.mjs', signing),
  },
];
