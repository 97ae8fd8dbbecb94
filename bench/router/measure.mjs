import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { startChild } from './process/child.mjs';
import { composeSupergraph } from './subgraphs/schemas.mjs';
import { verify } from './verify.mjs';

/** @import { Child } from './process/child.mjs' */
/** @import { Cores } from './process/cores.mjs' */
/** @import { Arena, Contestant, Launch, LoadFigures, LoadOrder, Outcome, Pace, SubgraphsSettings, Workload } from './shapes.ts' */

/**
 * @typedef {object} Match
 * @property {Contestant} contestant
 * @property {Workload} workload
 * @property {Pace} pace
 * @property {Cores | null} cores
 * @property {string} [profile] where a profile of the measured time is written; Node programs only
 */

const SUBGRAPHS_MAIN = fileURLToPath(new URL('subgraphs/main.mjs', import.meta.url));
const LOAD_MAIN = fileURLToPath(new URL('load/main.mjs', import.meta.url));

const PROFILER = new URL('profile/recorder.mjs', import.meta.url).href;

const START_LIMIT_MS = 60_000;
const PROFILE_LIMIT_MS = 300_000;

/**
 * One router, alone in a fresh process before fresh subgraphs, under one workload: verified, warmed up,
 * measured. Whatever goes wrong is the outcome.
 *
 * @param {Match} match
 * @returns {Promise<Outcome>}
 */
export const measure = async (match) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'emporium-bench-'));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder);
  /** @type {Child[]} */
  const children = [];
  /** @type {typeof startChild} */
  const start = (launch) => {
    const child = startChild(launch);
    children.push(child);
    return child;
  };
  try {
    return await play(match, folder, start);
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    // The router first: it holds connections to the others.
    for (const child of children.reverse()) await child.stop();
    process.off('exit', removeFolder);
    removeFolder();
  }
};

/**
 * @param {Match} match
 * @param {string} folder
 * @param {typeof startChild} start
 * @returns {Promise<Outcome>}
 */
const play = async ({ contestant, workload, pace, cores, profile }, folder, start) => {
  const subgraphs = start({
    command: process.execPath,
    args: [SUBGRAPHS_MAIN],
    cores: cores?.rest,
    env: subgraphsEnvironment({ federation: contestant.federation, delays: workload.delays }),
  });
  const { urls } = await subgraphs.message('listening');
  const plain = await contestant.launch(await prepareArena(folder, urls));
  const launch = profile === undefined ? plain : profiled(plain, profile);

  const began = performance.now();
  const router = start({ ...launch, cores: cores?.router });
  const url = await listeningUrl(router, launch);
  const readyMs = performance.now() - began;

  const verdict = await verify(url, workload);
  if (verdict.kind !== 'right') return verdict;
  const before = await counts(subgraphs);
  if (contestant.signs && before.signed < before.requests) {
    return { kind: 'wrong', reason: 'it sent requests to subgraphs without a signature' };
  }

  const loader = start({ command: process.execPath, args: [LOAD_MAIN], cores: cores?.rest });
  await loader.message('ready');
  const recorded = profile === undefined ? undefined : router.message('profiled', PROFILE_LIMIT_MS);
  const figures = await load(loader, {
    url,
    pid: router.pid,
    workload: workload.name,
    lengths: verdict.lengths,
    firstTurn: verdict.answers,
    pace,
    profile: profile !== undefined,
  });
  await recorded;
  const after = await counts(subgraphs);
  return {
    kind: 'measured',
    answersVerified: verdict.answers,
    readyMs,
    fetches: (after.requests - before.requests) / figures.requests,
    figures,
  };
};

/** @param {Launch} launch @param {string} file @returns {Launch} */
const profiled = (launch, file) => {
  if (launch.command !== process.execPath) throw new Error('only Node programs can be profiled');
  return {
    ...launch,
    args: ['--import', PROFILER, ...launch.args],
    env: { ...launch.env, PROFILE_FILE: file },
  };
};

/** @param {SubgraphsSettings} settings */
const subgraphsEnvironment = (settings) => ({
  NODE_ENV: 'production',
  SUBGRAPHS_SETTINGS: JSON.stringify(settings),
});

/**
 * @param {string} folder
 * @param {Readonly<Record<string, string>>} subgraphs
 * @returns {Promise<Arena>}
 */
const prepareArena = async (folder, subgraphs) => {
  const supergraph = path.join(folder, 'supergraph.graphql');
  await writeFile(supergraph, composeSupergraph(subgraphs));
  return { folder, subgraphs, supergraph, signingSecret: randomBytes(32).toString('hex') };
};

/**
 * @param {Child} router
 * @param {Launch} launch
 * @returns {Promise<string>} where it answers GraphQL
 */
const listeningUrl = async (router, { url }) => {
  if (url === undefined)
    return `${(await router.message('listening', START_LIMIT_MS)).url}/graphql`;
  const limit = performance.now() + START_LIMIT_MS;
  while (!(await answers(url))) {
    const ended = router.process.exitCode !== null;
    if (ended || performance.now() > limit) throw new Error(`no start: ${router.printed().trim()}`);
    await pause(10);
  }
  return url;
};

/** @param {string} url */
const answers = async (url) => {
  try {
    const { statusCode, body } = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    await body.dump();
    return statusCode === 200;
  } catch {
    return false;
  }
};

/** @param {Child} subgraphs @returns {Promise<{ requests: number, signed: number }>} */
const counts = (subgraphs) => {
  const told = subgraphs.message('counts');
  subgraphs.process.send({ type: 'count' });
  return told;
};

/** @param {Child} loader @param {LoadOrder} order @returns {Promise<LoadFigures>} */
const load = async (loader, order) => {
  const { warmUpSeconds, seconds } = order.pace;
  // Far beyond how long it may be stretched.
  const limitMs = 10_000 * (warmUpSeconds + seconds) + START_LIMIT_MS;
  const told = loader.message('figures', limitMs);
  loader.process.send(order);
  return (await told).figures;
};
