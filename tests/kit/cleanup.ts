/** What has to be given back, last taken first; Node 20 has no AsyncDisposableStack. */
export interface Cleanup {
  readonly use: <Resource extends AsyncDisposable>(resource: Resource) => Resource;
  readonly defer: (giveBack: () => Promise<void>) => void;
}

/**
 * Runs `arrange`, which takes things one by one; where it fails, what it took is given back.
 *
 * @returns what `arrange` gave, which gives back all of it when it is disposed of
 */
export const withCleanup = async <Result extends object>(
  arrange: (cleanup: Cleanup) => Promise<Result>,
): Promise<Result & AsyncDisposable> => {
  const taken: (() => Promise<void>)[] = [];
  const run = async (): Promise<void> => {
    for (let next = taken.pop(); next !== undefined; next = taken.pop()) await next();
  };
  const cleanup: Cleanup = {
    use: (resource) => {
      taken.push(async () => resource[Symbol.asyncDispose]());
      return resource;
    },
    defer: (giveBack) => void taken.push(giveBack),
  };
  try {
    return { ...(await arrange(cleanup)), [Symbol.asyncDispose]: run };
  } catch (error) {
    await run();
    throw error;
  }
};
