import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { compiled } from '../../stack/folders.ts';
import { withCleanup } from '../kit/cleanup.ts';
import { SCHEMAS } from './shop.ts';

const run = promisify(execFile);

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository of somebody who has a supergraph.yaml. */
export interface Repository extends AsyncDisposable {
  readonly folder: string;
  /** `npm run check` with these arguments. */
  readonly check: (args: readonly string[], environment?: NodeJS.ProcessEnv) => Promise<Ended>;
  /** The same, watching: gives what it prints, piece by piece. */
  readonly watch: (args: readonly string[]) => Promise<Watching>;
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** Instead of the first text, which the file has, it says the second. */
  readonly edit: (file: string, from: string, to: string) => Promise<void>;
  readonly write: (file: string, text: string) => Promise<void>;
}

/** A check that goes on. */
export interface Watching {
  /** Resolves with everything that was printed since the last time, once that has the text. */
  readonly printed: (text: string) => Promise<string>;
  /** Ctrl-C; gives the exit code. */
  readonly interrupt: () => Promise<number | null>;
}

const YAML = `subgraphs:
  shop:
    routing_url: http://shop/graphql
    schema: { file: shop.graphql }
  reviews:
    routing_url: http://reviews/graphql
    schema: { file: reviews.graphql }
`;

const SHELF = '{ items { name stars } }';

/** The shop in a folder of its own, without git. */
export const startRepository = (): Promise<Repository> =>
  withCleanup(async ({ defer }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'emporium-repository-'));
    defer(() => rm(folder, { recursive: true }));
    const { PATH = '' } = process.env;
    const write = async (file: string, text: string) => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    };
    await write('supergraph.yaml', YAML);
    await write('shop.graphql', SCHEMAS.shop);
    await write('reviews.graphql', SCHEMAS.reviews);
    await write('operations/storefront/shelf.graphql', `query Shelf ${SHELF}\n`);
    const command = compiled('checks/main.js');
    return {
      folder,
      write,
      edit: async (file, from, to) => {
        const text = await readFile(path.join(folder, file), 'utf8');
        if (!text.includes(from)) throw new Error(`${file} does not have: ${from}`);
        await write(
          file,
          text.replace(from, () => to),
        );
      },
      git: async (...args) => {
        const names = ['-c', 'user.name=shop', '-c', 'user.email=shop@shop.example'];
        return (await run('git', [...names, ...args], { cwd: folder })).stdout;
      },
      check: (args, environment = {}) =>
        run(process.execPath, [command, ...args], {
          cwd: folder,
          env: { PATH, ...environment },
        }).then(
          ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
          ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
        ),
      watch: async (args) => {
        const child = spawn(process.execPath, [command, '--watch', ...args], {
          cwd: folder,
          env: { PATH },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exited = once(child, 'exit');
        defer(async () => {
          child.kill('SIGKILL');
          await exited;
        });
        let printed = '';
        child.stdout.on('data', (chunk) => (printed += chunk));
        return {
          printed: async (text) => {
            while (!printed.includes(text)) await once(child.stdout, 'data');
            const all = printed;
            printed = '';
            return all;
          },
          interrupt: async () => {
            child.kill('SIGINT');
            const [code] = await exited;
            return code;
          },
        };
      },
    };
  });

/** The same, committed. */
export const startCommitted = async (): Promise<Repository> => {
  const repository = await startRepository();
  await repository.git('init', '--quiet', '--initial-branch', 'main');
  await repository.git('add', '.');
  await repository.git('commit', '--quiet', '--message', 'Open the shop');
  return repository;
};
