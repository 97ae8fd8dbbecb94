import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { readmeBlock } from './readme.mjs';

/** Installing, building and the first start together; on two cores it takes about two minutes. */
const LIMIT_MS = 15 * 60_000;

const say = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`);

/** A process group of its own stands for a terminal: Ctrl-C reaches all of it. */
const shell = spawn('bash', ['-euo', 'pipefail', '-c', readmeBlock('command', 'start')], {
  detached: true,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const limit = setTimeout(() => process.kill(-Number(shell.pid), 'SIGKILL'), LIMIT_MS);

let output = '';
const exited = once(shell, 'exit');
const started = new Promise((resolve, reject) => {
  shell.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    output += chunk;
    if (/Ctrl-C/.test(output)) resolve(undefined);
  });
  exited.then(() => reject(new Error('the start command ended before it was up')));
});
await started;

/** @param {string} name @param {Record<string, string>} headers */
const send = async (name, headers) => {
  const response = await fetch('http://localhost:4000/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: readmeBlock('query', name) }),
  });
  return response.json();
};

/** @param {string} name @param {Record<string, string>} headers */
const ask = async (name, headers) => {
  const answer = await send(name, headers);
  if (!isDeepStrictEqual(answer, JSON.parse(readmeBlock('answer', name)))) {
    throw new Error(`the ${name} query has another answer:\n${JSON.stringify(answer, null, 2)}`);
  }
  say(`The ${name} query gives the README's answer.`);
};

/** Someone logs in and buys something, as the README says. */
const buySomething = async () => {
  const { data } = await send('buy-1', {});
  const headers = { authorization: `Bearer ${data.logIn.credentials.accessToken}` };
  for (const name of ['buy-2', 'buy-3']) {
    const { errors } = await send(name, headers);
    if (errors !== undefined)
      throw new Error(`${name} failed:\n${JSON.stringify(errors, null, 2)}`);
  }
  await ask('buy-4', headers);
};

/** The README's import, into the market that runs. */
const importGoods = async () => {
  copyFileSync('tests/import/fixtures/shop.csv', 'products.csv');
  try {
    const [code] = await once(
      spawn('bash', ['-euo', 'pipefail', '-c', readmeBlock('command', 'import')], {
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
      'exit',
    );
    if (code !== 0) throw new Error(`the import command ended with ${code}`);
  } finally {
    rmSync('products.csv');
  }
};

try {
  await ask('first', {});
  await ask('second', JSON.parse(readmeBlock('headers', 'second')));
  await buySomething();
  await importGoods();
} finally {
  process.kill(-Number(shell.pid), 'SIGINT');
  await exited;
  clearTimeout(limit);
}
say('Stopped by Ctrl-C.');
