import { existsSync } from 'node:fs';
import path from 'node:path';

/** What is compiled lies in dist/ below the root, what tests load lies directly in it. */
const above = path.resolve(import.meta.dirname, '..');

/** The project's root: where package.json, supergraph.graphql and node_modules are. */
export const ROOT = existsSync(path.join(above, 'package.json')) ? above : path.dirname(above);

/** A compiled file of the project, such as `dist/router/main.js`. */
export const compiled = (file: string): string => path.join(ROOT, 'dist', file);

/** The migrations of one subgraph's database, beside the running code. */
export const migrationsFolder = (name: string): string =>
  path.join(above, 'prisma', name, 'migrations');
