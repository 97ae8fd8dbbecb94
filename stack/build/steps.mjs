import { existsSync } from 'node:fs';
import { ASSET_FOLDERS, copyAssets, isAsset } from './assets.mjs';
import { compile, compiledFiles, compileTools } from './compile.mjs';
import { absolute, filesUnder, foldersIn, versionOf } from './project.mjs';
import { runTool } from './run.mjs';

/**
 * @typedef {object} Step
 * @property {string} name key of its stamp
 * @property {string} title what is said when it ran
 * @property {() => string[]} inputs files, relative to the root
 * @property {readonly string[]} rest what else decides the outcome: versions, arguments
 * @property {() => string[]} outputs files, relative to the root, listed after it ran
 * @property {() => Promise<void>} run
 */

const GRAPHIQL = 'router/http/graphiql';

/**
 * One Prisma client a subgraph. `generate` needs no schema engine, yet the CLI would download one:
 * any executable under this name keeps it offline.
 *
 * @returns {Step[]}
 */
const prismaClients = () =>
  foldersIn('prisma')
    .map((name) => ({ name, schema: `prisma/${name}/schema.prisma` }))
    .filter(({ schema }) => existsSync(absolute(schema)))
    .map(({ name, schema }) => ({
      name: `prisma ${name}`,
      title: `Prisma client of ${name}`,
      inputs: () => [schema],
      rest: [versionOf('prisma')],
      outputs: () => filesUnder(`generated/prisma/${name}`),
      run: () =>
        runTool(['node_modules/prisma/build/index.js', 'generate', '--schema', schema], {
          PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
          PRISMA_HIDE_UPDATE_MESSAGE: '1',
          CHECKPOINT_DISABLE: '1',
        }),
    }));

/** @returns {Step[]} */
const graphqlTypes = () => {
  if (!existsSync(absolute('codegen.ts'))) return [];
  return [
    {
      name: 'codegen',
      title: 'GraphQL types',
      inputs: () => [
        'codegen.ts',
        ...filesUnder('router/supergraph/contract', (file) => file.endsWith('.ts')),
        ...['supergraph.graphql'].filter((file) => existsSync(absolute(file))),
        ...filesUnder('subgraphs', (file) => file.endsWith('/schema.graphql')),
        ...filesUnder('operations', (file) => file.endsWith('.graphql')),
      ],
      rest: ['cli', 'typescript', 'typescript-resolvers', 'client-preset'].map((name) =>
        versionOf(`@graphql-codegen/${name}`),
      ),
      outputs: () => filesUnder('generated', (file) => !file.startsWith('generated/prisma/')),
      run: () => runTool(['stack/build/codegen.mjs']),
    },
  ];
};

/** @returns {Step[]} */
const graphiql = () => {
  if (!existsSync(absolute(`${GRAPHIQL}/index.html`))) return [];
  return [
    {
      name: 'graphiql',
      title: 'GraphiQL',
      inputs: () => filesUnder(GRAPHIQL),
      rest: ['vite', 'graphiql', 'react'].map(versionOf),
      outputs: () => filesUnder(`dist/${GRAPHIQL}`),
      run: () =>
        runTool([
          'node_modules/vite/bin/vite.js',
          'build',
          GRAPHIQL,
          '--outDir',
          absolute(`dist/${GRAPHIQL}`),
          '--emptyOutDir',
        ]),
    },
  ];
};

/** What is compiled without generated code. */
const TOOL_ROOMS = ['checks', 'composition', 'contract', 'frontends', 'mocks', 'process', 'router'];

const ROOMS = [...TOOL_ROOMS, 'generated', 'payments', 'prisma', 'stack', 'subgraphs'];

/** @param {readonly string[]} rooms */
const sourcesIn = (rooms) =>
  rooms
    .flatMap((room) => filesUnder(room, (file) => file.endsWith('.ts')))
    .filter((file) => !file.startsWith(`${GRAPHIQL}/`));

/** @returns {Step} */
const javascript = () => ({
  name: 'compile',
  title: 'JavaScript',
  inputs: () => ['tsconfig.json', 'tsconfig.build.json', ...sourcesIn(ROOMS)],
  rest: [versionOf('typescript')],
  outputs: compiledFiles,
  run: compile,
});

/** @returns {Step} */
const tools = () => ({
  name: 'tools',
  title: 'Tools',
  inputs: () => ['tsconfig.json', 'tsconfig.tools.json', ...sourcesIn(TOOL_ROOMS)],
  rest: [versionOf('typescript')],
  outputs: () => compiledFiles().filter((file) => TOOL_ROOMS.includes(file.split('/')[1] ?? '')),
  run: compileTools,
});

/** @returns {Step} */
const assets = () => ({
  name: 'assets',
  title: 'Assets',
  inputs: () => ASSET_FOLDERS.flatMap((folder) => filesUnder(folder, isAsset)),
  rest: [],
  outputs: () => ASSET_FOLDERS.flatMap((folder) => filesUnder(`dist/${folder}`, isAsset)),
  run: copyAssets,
});

/**
 * The steps in waves: those of one wave are independent of each other and need the wave before.
 *
 * @type {(() => Step[])[]}
 */
export const WAVES = [
  () => [...graphiql(), ...graphqlTypes(), ...prismaClients()],
  () => [javascript()],
  () => [assets()],
];

/**
 * What `npm run compose` and `npm run check` run: they judge schemas and operations, so they must not need types that are
 * generated from them. Nothing to do where all is compiled.
 *
 * @type {() => { readonly steps: readonly Step[], readonly unless: Step }}
 */
export const toolSteps = () => ({ steps: [tools()], unless: javascript() });
