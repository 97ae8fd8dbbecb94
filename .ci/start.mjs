import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

for (const name of ['first', 'second']) {
  const [command, expected] = [readmeBlock('command', name), readmeBlock('answer', name)];
  const curl = spawn('bash', ['-euo', 'pipefail', '-c', command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let answer = '';
  curl.stdout.on('data', (chunk) => {
    answer += chunk;
  });
  await once(curl, 'close');
  if (!isDeepStrictEqual(JSON.parse(answer), JSON.parse(expected))) {
    process.kill(-Number(shell.pid), 'SIGINT');
    throw new Error(`the ${name} query gives another answer than the README says:\n${answer}`);
  }
  say(`The ${name} query gives the README's answer.`);
}

process.kill(-Number(shell.pid), 'SIGINT');
await exited;
clearTimeout(limit);
say('Stopped by Ctrl-C.');
