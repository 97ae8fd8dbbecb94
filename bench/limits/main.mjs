import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { startChild } from '../router/process/child.mjs';
import { usageOf } from '../router/process/usage.mjs';
import { BOMBS, SCHEMA } from './bombs.mjs';

/** As long as a body may be at most by default, twice; the router is told to take it. */
const BYTES = 200_000;
const MAX_BODY_BYTES = '1000000';

/** @param {string} line */
const say = (line) => void process.stdout.write(`${line}\n`);

/** So often each is sent; the first may find the code cold. */
const TIMES = 5;

const folder = mkdtempSync(path.join(tmpdir(), 'emporium-limits-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const composed = () => {
  const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")';
  const { supergraphSdl } = composeServices([
    // Nobody is there: nothing of this reaches a service.
    { name: 'nobody', url: 'http://127.0.0.1:1/graphql', typeDefs: parse(`${link} ${SCHEMA}`) },
  ]);
  if (supergraphSdl === undefined) throw new Error('the schema of the bombs does not compose');
  const file = path.join(folder, 'supergraph.graphql');
  writeFileSync(file, supergraphSdl);
  return file;
};

const router = startChild({
  command: process.execPath,
  args: [path.resolve('dist/router/main.js')],
  env: { PORT: '0', LOG_LEVEL: 'fatal', SUPERGRAPH: composed(), MAX_BODY_BYTES },
  cores: undefined,
});
const { url } = await router.message('listening');

/** @param {string} body */
const send = async (body) => {
  const before = usageOf(router.pid).cpuMs;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
    body,
  });
  /** @type {{ errors?: { extensions?: { code?: string } }[] }} */
  const { errors = [] } = JSON.parse(await response.text());
  const cpuMs = usageOf(router.pid).cpuMs - before;
  return { status: response.status, code: errors[0]?.extensions?.code ?? '', cpuMs };
};

for (let turn = 0; turn < 200; turn += 1) await send('{"query":"{ leaf unknown }"}');

say('| bomb | KB | answer | CPU, first | CPU, median |');
say('| ---- | -: | ------ | ---------: | ----------: |');
for (const [name, bomb] of Object.entries(BOMBS)) {
  const body = bomb(BYTES);
  const sent = [];
  for (let turn = 0; turn < TIMES; turn += 1) sent.push(await send(body));
  const [first] = sent;
  if (first === undefined) continue;
  const median = sent.map(({ cpuMs }) => cpuMs).sort((one, other) => one - other)[2];
  const figures = [first.cpuMs, median ?? 0].map((ms) => ms.toFixed(1));
  const kb = Math.round(body.length / 1_000);
  say(`| ${[name, kb, `${first.status} ${first.code}`, ...figures].join(' | ')} |`);
}
await router.stop();
