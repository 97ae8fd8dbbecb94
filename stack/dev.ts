import { spawn } from 'node:child_process';
import path from 'node:path';
import { watch } from 'chokidar';
import { ROOT } from './folders.ts';
import type { Stack } from './stack.ts';
import { isSubgraphName, SUBGRAPHS } from './subgraphs.ts';
import { subgraphsIn, type Topology } from './topology.ts';

interface Watching {
  readonly services: Stack['services'];
  readonly topology: Topology;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const WATCHED = [
  'codegen.ts',
  'composition',
  'contract',
  'mocks',
  'operations',
  'payments',
  'prisma',
  'process',
  'router',
  'subgraphs',
  'supergraph.graphql',
  'supergraph.yaml',
];

/** Editors and git write several files at once. */
const SETTLE_MS = 150;

/**
 * Which processes an edit concerns: a room's own, or all where the room is everyone's. A subgraph's
 * schema concerns the router once composition has written the supergraph, which is an edit too.
 *
 * @param file relative to the root, with forward slashes
 */
export const concerned = (file: string): readonly string[] => {
  const [room = '', name = ''] = file.split('/');
  if (room === 'router' || room === 'supergraph.graphql') return ['router'];
  if (room === 'payments' || (room === 'prisma' && name === 'payments')) return ['payments'];
  if (room === 'subgraphs' || room === 'prisma') {
    if (isSubgraphName(name)) return [name];
    return name === 'kit' ? SUBGRAPHS : [];
  }
  if (room === 'mocks') return ['mocks'];
  return room === 'contract' || room === 'process' ? [...SUBGRAPHS, 'payments', 'router'] : [];
};

const needsComposition = (file: string): boolean =>
  /^subgraphs\/\w+\/schema\.graphql$/.test(file) || file === 'supergraph.yaml';

/**
 * Builds after every edit, and starts again the processes it concerns. What does not build leaves
 * running what runs.
 */
export const watchSources = async ({
  services,
  topology,
  say,
  signal,
}: Watching): Promise<void> => {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let turn = Promise.resolve();

  const applyChanges = async (): Promise<void> => {
    const files = [...changed];
    changed.clear();
    if (files.length === 0 || signal.aborted) return;
    say(`${files.length === 1 ? files[0] : `${files.length} files`} changed`);
    const isBuilt =
      (await runScript(['stack/build.mjs', '--quiet'])) &&
      (!files.some(needsComposition) || (await runScript(['dist/composition/main.js'])));
    if (!isBuilt) return say('Not built; what ran before still runs');
    const names = new Set(files.flatMap(concerned));
    if (names.has('mocks')) for (const name of subgraphsIn(topology, 'mock')) names.add(name);
    // What runs in the router's process is started again with it.
    if (subgraphsIn(topology, 'in-process').some((name) => names.has(name))) names.add('router');
    await restart(services, names, say);
  };

  const watcher = watch(WATCHED, { cwd: ROOT, ignoreInitial: true });
  watcher.on('all', (_event, file) => {
    changed.add(file.split(path.sep).join('/'));
    clearTimeout(timer);
    timer = setTimeout(() => {
      turn = turn.then(applyChanges);
    }, SETTLE_MS);
  });
  signal.addEventListener('abort', () => void watcher.close(), { once: true });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  say('Watching the sources');
};

const restart = async (
  { router, payments, subgraphs }: Stack['services'],
  names: ReadonlySet<string>,
  say: (line: string) => void,
): Promise<void> => {
  const all = [
    ...subgraphs,
    ...(payments === undefined ? [] : [{ name: 'payments', service: payments }]),
    ...(router === undefined ? [] : [{ name: 'router', service: router }]),
  ];
  const chosen = all.filter(({ name }) => names.has(name));
  if (chosen.length === 0) return;
  const began = Date.now();
  await Promise.all(chosen.map(({ service }) => service.restart()));
  const list = chosen.map(({ name }) => name).join(', ');
  say(`Restarted ${list} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
};

/** Runs a script of the project; what it prints is shown. @returns whether it succeeded */
const runScript = (args: readonly string[]): Promise<boolean> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
