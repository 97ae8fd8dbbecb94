import { CheckFailure } from '../checks/failure.ts';

/** Runs a command; what is wrong with what it was given is told in its own words, anything else with its stack. */
export const runCommand = async (
  run: (say: (line: string) => void) => Promise<void> | void,
): Promise<void> => {
  try {
    await run((line) => void process.stdout.write(`${line.trimEnd()}\n`));
  } catch (error) {
    const isExpected = error instanceof CheckFailure || isUsageError(error);
    process.stderr.write(`${isExpected ? error.message : String(Object(error).stack)}\n`);
    process.exitCode = 1;
  }
};

const isUsageError = (error: unknown): error is Error =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
