import { appendFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import { CompositionFailure } from '../composition/failure.ts';
import { startPlanner } from '../router/supergraph/planner.ts';
import { openBase } from './case.ts';
import { check } from './check.ts';
import { type CommandLine, HELP, readCommandLine } from './command-line.ts';
import { CheckFailure } from './failure.ts';
import { reportGithub } from './report/github.ts';
import { type Paint, reportHuman } from './report/human.ts';
import { reportJson } from './report/json.ts';
import { reportMarkdown } from './report/markdown.ts';
import { hasFailed, type Report } from './report/report.ts';
import { watch } from './watch.ts';

/** Longer than any operation takes; who waits for a check would rather know. */
const PLANNING_TIMEOUT_MS = 60_000;

const say = (text: string): void => void process.stdout.write(text);

const hasColours = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;

const paint: Paint = (look, text) => (hasColours ? styleText(look, text) : text);

const show = async (report: Report, asked: CommandLine): Promise<void> => {
  say(
    asked.isJson ? reportJson(report) : reportHuman(report, { paint, isVerbose: asked.isVerbose }),
  );
  if (asked.isGithub && !asked.isJson) say(reportGithub(report));
  for (const file of asked.markdown) await appendFile(file, reportMarkdown(report));
};

const run = async (): Promise<void> => {
  const asked = readCommandLine(process.argv.slice(2), process.env);
  if (asked === null) return say(HELP);
  const planner = startPlanner({ planningTimeoutMs: PLANNING_TIMEOUT_MS });
  try {
    if (asked.isWatching) {
      await watch(asked, planner, (report) => show(report, asked));
      // What is watched still would keep the process.
      process.exit();
    }
    const report = await check(asked, planner, await openBase(asked, planner));
    await show(report, asked);
    process.exitCode = hasFailed(report) ? 1 : 0;
  } finally {
    await planner.close();
  }
};

try {
  await run();
} catch (error) {
  const isExpected = error instanceof CheckFailure || error instanceof CompositionFailure;
  process.stderr.write(`${isExpected ? error.message : String(Object(error).stack)}\n`);
  process.exitCode = 2;
}
