import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: [
      // As Node resolves it: by its `module` field it would be a second graphql beside Apollo's.
      { find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) },
    ],
  },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/kit/global-setup.ts'],
    // Tests start servers and processes on a machine that may be busy; nothing is timed by this.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: 'forks',
    reporters: process.env['CI']
      ? ['default', ['json', { outputFile: '.cache/tests.json' }]]
      : ['default'],
    maxWorkers: 3,
  },
});
