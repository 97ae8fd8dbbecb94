import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is gone when its test is. */
export interface TemporaryFolder extends Disposable {
  readonly path: string;
}

/**
 * @param mode 0o755 lets everyone pass, which root's database makes use of; 0o700 nobody else
 */
export const temporaryFolder = (mode = 0o755): TemporaryFolder => {
  const folder = path.join(tmpdir(), `emporium-stack-${randomUUID()}`);
  mkdirSync(folder, { mode });
  return {
    path: folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
};
