import { dependenciesProblem, nodeProblem } from './preflight.mjs';

// Read by whatever Node is installed, however old: what needs a newer one is imported after the look.

/** @param {string} problem */
const refuse = (problem) => {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
};

const start = async () => {
  const oldNode = nodeProblem(process.versions.node);
  if (oldNode !== undefined) return refuse(oldNode);

  const { HELP, readArguments } = await import('./arguments.mjs');
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) return void process.stdout.write(HELP);
  const read = readArguments(args, { isTerminal: process.stdin.isTTY === true });
  if ('problem' in read) return refuse(read.problem);

  const notInstalled = dependenciesProblem();
  if (notInstalled !== undefined) return refuse(notInstalled);

  const { build } = await import('./build.mjs');
  await build();
  const { main } = await import(new URL('../dist/stack/main.js', import.meta.url).href);
  await main(read.options);
};

start().catch((error) => refuse(error.name === 'BuildError' ? error.message : error.stack));
