import { existsSync, rmSync } from 'node:fs';
import { absolute, filesUnder } from './project.mjs';
import { runTool } from './run.mjs';
import { forgetStamp, missingOutputs, readStamp } from './stamps.mjs';

/** @param {string} file */
const isCompiled = (file) =>
  /\.js(\.map)?$/.test(file) && !file.startsWith('dist/router/http/graphiql/');

/** What the compiler has written, relative to the root. */
export const compiledFiles = () => filesUnder('dist', isCompiled);

/** @param {string} file such as dist/router/main.js.map */
const hasSource = (file) =>
  existsSync(absolute(file.replace(/^dist\//, '').replace(/\.js(\.map)?$/, '.ts')));

/** @param {string} project */
const runCompiler = (project) =>
  runTool([
    'node_modules/typescript/bin/tsc',
    '-p',
    project,
    '--pretty',
    String(process.stdout.isTTY === true),
  ]);

const forgetIncrements = () => rmSync(absolute('dist/.tsbuildinfo'), { force: true });

/** TypeScript to JavaScript, and nothing left in dist/ of a source that is gone. */
export const compile = async () => {
  const before = readStamp('compile');
  // The incremental compiler believes what it once wrote to be there still.
  if (before !== undefined && missingOutputs(before).length > 0) forgetIncrements();
  forgetStamp('tools');
  await runCompiler('tsconfig.build.json');
  for (const file of compiledFiles()) {
    if (!hasSource(file)) rmSync(absolute(file));
  }
};

/** The same of what needs no generated code, over what `compile` wrote. */
export const compileTools = async () => {
  forgetStamp('compile');
  forgetIncrements();
  await runCompiler('tsconfig.tools.json');
};
