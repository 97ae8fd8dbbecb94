import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Routers of others, each with packages of its own beside its way to start. */
const PEERS = fileURLToPath(new URL('peers', import.meta.url));

/** @param {string} peer */
export const peerFolder = (peer) => path.join(PEERS, peer);

/** @type {Map<string, Promise<string | undefined>>} */
const installations = new Map();

/**
 * Installs a peer's packages, if they are not there, by `npm ci` in its folder.
 *
 * @param {string} peer
 * @param {(line: string) => void} say
 * @returns {Promise<string | undefined>} why it could not be installed; nothing where it is there
 */
export const installPeer = (peer, say) => {
  const known = installations.get(peer) ?? install(peer, say);
  installations.set(peer, known);
  return known;
};

/**
 * The versions of the packages that a peer names.
 *
 * @param {string} peer
 * @returns {Readonly<Record<string, string>>}
 */
export const peerVersions = (peer) =>
  JSON.parse(readFileSync(path.join(peerFolder(peer), 'package.json'), 'utf8')).dependencies;

/** @param {string} peer @param {(line: string) => void} say */
const install = async (peer, say) => {
  const folder = peerFolder(peer);
  // npm writes this file when everything is in place.
  if (existsSync(path.join(folder, 'node_modules/.package-lock.json'))) return undefined;
  say(`installing ${peer}: npm ci in bench/router/peers/${peer}`);
  const npm = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  npm.stderr.on('data', (chunk) => (printed += chunk));
  const [code] = await once(npm, 'exit').catch((error) => [error.message]);
  return code === 0 ? undefined : `npm ci ended with ${code}: ${printed.trim().slice(0, 300)}`;
};
