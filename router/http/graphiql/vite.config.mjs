import { defineConfig } from 'vite';

/** GraphiQL with its editor and workers, served by the router with no request to anywhere else. */
export default defineConfig({
  base: '/graphiql/',
  logLevel: 'warn',
  build: {
    outDir: '../../../dist/router/http/graphiql',
    emptyOutDir: true,
    chunkSizeWarningLimit: 10_000,
  },
  worker: { format: 'es' },
});
