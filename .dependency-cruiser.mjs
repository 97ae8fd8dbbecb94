/** `store.ts`, `computation-store.ts`, `store-rows.ts` */
const STORES = ['[/-]store\\.ts$', '/store-[a-z]+\\.ts$'];

/**
 * Imports run one way:
 *
 *   stack -> router -> contract, process
 *   checks -> composition, mocks, router -> contract, process
 *   stack -> prisma/seed -> subgraphs/<name> -> subgraphs/kit -> contract, process
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */
export default {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'contract-stands-alone',
      comment: 'What router and subgraphs agree on must not drag anything along.',
      severity: 'error',
      from: { path: '^contract/' },
      to: { pathNot: '^contract/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'process-knows-no-room',
      severity: 'error',
      from: { path: '^process/' },
      to: {
        path: '^(checks|composition|frontends|contract|generated|mocks|payments|prisma|router|stack|subgraphs)/',
      },
    },
    {
      name: 'router-knows-no-subgraph',
      comment: 'The router serves any federation 2 supergraph.',
      severity: 'error',
      from: { path: '^router/' },
      to: {
        path: '^(checks|composition|frontends|generated|mocks|payments|prisma|stack|subgraphs)/',
      },
    },
    {
      name: 'composition-stands-alone',
      severity: 'error',
      from: { path: '^composition/' },
      to: {
        path: '^(checks|contract|generated|mocks|payments|prisma|process|router|stack|subgraphs)/',
      },
    },
    {
      name: 'checks-know-no-subgraph',
      comment: 'They judge any federation 2 supergraph.',
      severity: 'error',
      from: { path: '^checks/' },
      to: { path: '^(generated|payments|prisma|stack|subgraphs)/' },
    },
    {
      name: 'mocks-know-no-subgraph',
      comment: 'They make up any subgraph by its schema.',
      severity: 'error',
      from: { path: '^mocks/' },
      to: {
        path: '^(checks|composition|frontends|generated|payments|prisma|router|stack|subgraphs)/',
      },
    },
    {
      name: 'frontends-know-no-subgraph',
      comment: 'They know what clients see.',
      severity: 'error',
      from: { path: '^frontends/' },
      to: { path: '^(generated|payments|prisma|stack|subgraphs)/' },
    },
    {
      name: 'payments-stand-alone',
      comment: 'A real provider is nothing of ours either.',
      severity: 'error',
      from: { path: '^payments/' },
      to: {
        path: '^(checks|composition|frontends|generated|mocks|prisma|router|stack|subgraphs)/',
      },
    },
    {
      name: 'subgraphs-know-nothing-above',
      severity: 'error',
      from: { path: '^subgraphs/' },
      to: { path: '^(checks|composition|frontends|mocks|payments|prisma|router|stack)/' },
    },
    {
      name: 'subgraphs-do-not-import-each-other',
      comment: 'A service that needs another asks the router.',
      severity: 'error',
      from: { path: '^subgraphs/(?!kit/)([^/]+)/' },
      to: { path: '^subgraphs/', pathNot: '^subgraphs/(kit|$1)/' },
    },
    {
      name: 'kit-knows-no-subgraph',
      severity: 'error',
      from: { path: '^subgraphs/kit/' },
      to: { path: '^(subgraphs/(?!kit/)|generated/)' },
    },
    {
      name: 'subgraphs-use-their-own-tables',
      severity: 'error',
      from: { path: '^subgraphs/([^/]+)/' },
      to: {
        path: '^generated/(operations|prisma|resolvers)/',
        pathNot: '^generated/(operations|prisma|resolvers)/$1[./]',
      },
    },
    {
      name: 'prisma-in-stores-only',
      severity: 'error',
      from: {
        path: '^subgraphs/',
        pathNot: ['^subgraphs/kit/(connection|database|listening|outbox)\\.ts$', ...STORES],
      },
      to: { path: '^(generated/prisma/|node_modules/(@prisma|pg)/)' },
    },
    {
      name: 'rules-know-no-graphql',
      comment: 'The rules of the market are plain TypeScript.',
      severity: 'error',
      from: {
        path: '^subgraphs/(?!kit/)[^/]+/[^/]+\\.ts$',
        pathNot: ['/(server|main|context|loaders|settings|http)\\.ts$', ...STORES],
      },
      to: {
        path: '^(generated/|node_modules/(graphql|dataloader|@apollo|@prisma|pg|fastify)/|subgraphs/kit/(connection|database|listening|change-feed|subscription|event-stream|schema|open|own-paths|http-errors|server|batch|scalars|run)\\.ts)',
      },
    },
    {
      name: 'nothing-imports-the-stack',
      severity: 'error',
      from: { pathNot: '^(stack|tests)/' },
      to: { path: '^stack/' },
    },
    {
      name: 'nothing-imports-the-bench',
      severity: 'error',
      from: { pathNot: '^(bench|tests)/' },
      to: { path: '^bench/' },
    },
    {
      name: 'bench-measures-what-was-built',
      comment: 'What it compares are processes; it starts them from dist/ as everyone does.',
      severity: 'error',
      from: { path: '^bench/' },
      to: {
        path: '^(checks|composition|frontends|generated|mocks|payments|prisma|process|router|stack|subgraphs)/',
      },
    },
  ],
  options: {
    doNotFollow: { path: '^(node_modules|generated)/' },
    // dist/ is what the rooms compile to, pages run in a browser, and the bench's peers have
    // packages of their own.
    exclude: { path: '^(dist|router/http/graphiql|router/http/explain|bench/router/peers)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
